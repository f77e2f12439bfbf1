import { randomBytes } from "node:crypto";
import type { Connection } from "../../../dialect/connection.ts";
import { readText } from "./read-text.ts";

const PREFIX = "limbeck_scratch";

/**
 * A name for a database that tells which session it belongs to: process number and start. As long as that session lives, somebody needs the database.
 *
 * @example
 * await nameScratch(keeper); // limbeck_scratch_4711_1795727000123456_9f3a5c
 */
export async function nameScratch(keeper: Connection): Promise<string> {
  const [row] = await keeper.query(
    `SELECT pid::text || '_' || (extract(epoch FROM backend_start) * 1000000)::bigint AS session
    FROM pg_stat_activity WHERE pid = pg_backend_pid()`,
  );
  return `${PREFIX}_${readText(row, "session")}_${randomBytes(3).toString("hex")}`;
}

/**
 * The scratch databases whose sessions have ended, of those that this user may drop. The start of other users' sessions is hidden from most; then the process
 * number has to do, which errs on the safe side.
 */
export async function listDeadScratches(keeper: Connection): Promise<readonly string[]> {
  const rows = await keeper.query(
    String.raw`SELECT d.datname::text AS name
    FROM pg_database AS d,
      regexp_match(d.datname, '^${PREFIX}_(\d+)_(\d+)_[0-9a-f]+$') AS parts
    WHERE parts IS NOT NULL AND pg_has_role(d.datdba, 'USAGE') AND NOT EXISTS (
      SELECT 1 FROM pg_stat_activity AS a
      WHERE a.pid = parts[1]::bigint
        AND (a.backend_start IS NULL OR (extract(epoch FROM a.backend_start) * 1000000)::bigint = parts[2]::bigint)
    )`,
  );
  return rows.flatMap(({ name }) => (typeof name === "string" ? name : []));
}

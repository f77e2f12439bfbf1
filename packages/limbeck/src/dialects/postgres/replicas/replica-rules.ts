import type { Connection, Row } from "../../../dialect/connection.ts";
import type { ReplicaChoice, ReplicaRules, ReplicaState, ReplicaWatch } from "../../../dialect/replica-watch.ts";
import { hidePasswords } from "../../../kernel/hide-passwords.ts";
import { readText } from "../driver/read-text.ts";
import { addMark, measureLag, type LogMark } from "./measure-lag.ts";

/**
 * What receives the log. Whoever has no right to statistics gets rows with nothing in them but the number of the process. Subscribers of logical replication confirm when they please, and do not
 * count. `pg_stat_replication` itself would leave out who came back during a transaction. https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW
 */
const RECEIVERS = `SELECT COALESCE(w.state, '') AS state, COALESCE(a.application_name, '') AS name, COALESCE(host(a.client_addr), '') AS address,
  (w.replay_lsn - '0/0'::pg_lsn)::text AS replayed, (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::text AS position,
  EXTRACT(EPOCH FROM w.replay_lag)::text AS told, quote_ident(current_user) AS own
  FROM pg_stat_get_wal_senders() AS w LEFT JOIN pg_stat_activity AS a ON a.pid = w.pid
  WHERE NOT EXISTS (SELECT FROM pg_replication_slots AS s WHERE s.active_pid = w.pid AND s.slot_type = 'logical')
  ORDER BY w.pid`;

const FOLLOWING: ReadonlySet<string> = new Set(["catchup", "streaming"]);

/** Backups and archivers replay nothing. */
const isReplica = (row: Row): boolean => FOLLOWING.has(readText(row, "state")) && readText(row, "replayed") !== "";

/** As the config names it, or else with the address: several may have the same name. */
function nameReplica(row: Row, { replicas }: ReplicaChoice): string {
  if (replicas) return readText(row, "name");
  const address = readText(row, "address");
  return `${readText(row, "name")}${address === "" ? "" : ` (${address})`}`;
}

function watch(connection: Connection, choice: ReplicaChoice): ReplicaWatch {
  const { replicas } = choice;
  let marks: readonly LogMark[] = [];
  const measure = (rows: readonly Row[]): readonly ReplicaState[] => {
    const now = performance.now();
    const places = rows.map((row) => {
      const told = readText(row, "told");
      return {
        replica: nameReplica(row, choice),
        replayed: BigInt(readText(row, "replayed")),
        position: BigInt(readText(row, "position")),
        told: told === "" ? undefined : Number(told),
      };
    });
    const [first] = places;
    if (!first) return [];
    const slowest = places.reduce((least, { replayed }) => (replayed < least ? replayed : least), first.replayed);
    marks = addMark(marks, { at: now, position: first.position }, slowest);
    return places.map(({ replica, ...place }) => ({
      kind: "follows",
      replica,
      seconds: measureLag(marks, { ...place, now }),
    }));
  };
  return {
    async read() {
      const rows = await connection.query(RECEIVERS);
      const hidden = rows.find((row) => readText(row, "state") === "");
      if (hidden) {
        return [{ kind: "hidden", replica: "a replica", grant: `GRANT pg_monitor TO ${readText(hidden, "own")};` }];
      }
      const chosen = rows.filter((row) => isReplica(row) && (replicas?.includes(readText(row, "name")) ?? true));
      const names = new Set(chosen.map((row) => readText(row, "name")));
      const missing = (replicas ?? []).filter((name) => !names.has(name));
      return [
        ...measure(chosen),
        ...missing.map(
          (name) =>
            ({
              kind: "unreachable",
              // Whoever takes it for a list of URLs has written a password there.
              replica: hidePasswords(name),
              problem: "no replica of that name is connected; the config names replicas by their application_name",
            }) as const,
        ),
      ];
    },
  };
}

/** The server that is copied knows its replicas. */
export const REPLICAS: ReplicaRules = {
  howToBeFound: "none is connected to the server",
  watch,
};

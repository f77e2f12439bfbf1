import type { Operation } from "../../ops/operation.ts";
import { findTable } from "../../schema/model/schema.ts";
import type { RevisionTarget } from "../revision-target.ts";

/**
 * Finds out whether an operation has rows to park, or to bring back. In a script nobody knows, so that it says what to do in either case.
 *
 * @returns the operation, with the answer where there is one
 */
export async function settleParking(
  operation: Operation,
  { tracker, sink, dialect }: Pick<RevisionTarget, "tracker" | "sink" | "dialect">,
): Promise<Operation> {
  if (operation.kind === "enableSoftDelete") {
    if (!sink.query || findTable(await tracker.current(), operation.parkedIn)) return operation;
    return { ...operation, isEmpty: true };
  }
  if (operation.kind !== "disableSoftDelete" || !sink.query) return operation;
  const column = dialect.quoteIdentifier(operation.column);
  const sql = `SELECT 1 AS found FROM ${dialect.quoteName(operation.table)} WHERE ${column} IS NOT NULL LIMIT 1`;
  const rows = await sink.query(sql);
  return rows.length > 0 ? operation : { ...operation, isEmpty: true };
}

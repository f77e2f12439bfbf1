import { listChanges, type Operation } from "../../ops/operation.ts";
import { findTable, type Schema } from "../../schema/model/schema.ts";
import type { Environment } from "../environment.ts";
import { countNeeds } from "../needs/count-needs.ts";
import type { DataNeed } from "../needs/data-need.ts";
import { DATABASE, type Side } from "../sides/side.ts";
import { readDatabase } from "../with-database.ts";
import { chooseColumn } from "./find-traps.ts";

/** Columns that go although they alone tell deleted rows from live ones. */
function listDropped(operations: readonly Operation[], current: Schema) {
  return operations
    .filter(({ kind }) => kind !== "disableSoftDelete")
    .flatMap((operation) =>
      listChanges(operation).flatMap((one) => {
        const table = one.kind === "dropColumn" ? findTable(current, one.table) : undefined;
        const isMeant = table && one.kind === "dropColumn" && chooseColumn(table, new Map()) === one.column.name;
        return isMeant ? [{ operation, table: table.name, column: one.column.name }] : [];
      }),
    );
}

function describeRevived(table: string, column: string, rows: number | undefined): string {
  const [who, verb] =
    rows === undefined
      ? ["Deleted rows", "come"]
      : [`${rows.toLocaleString("en-US")} deleted ${rows === 1 ? "row" : "rows"}`, rows === 1 ? "comes" : "come"];
  return (
    `${who} of ${table} ${verb} back to life when ${column} goes: nothing else tells them from live ones. ` +
    `op.disableSoftDelete(${JSON.stringify(table)}${column === "deleted_at" ? "" : `, { column: ${JSON.stringify(column)} }`}) in place of op.dropColumn parks them.`
  );
}

/**
 * Deleted rows that a revision makes live by taking away what says that they are deleted, a sentence for each table that has some.
 *
 * @param from what the revision starts from; rows are counted where that is the database
 */
export async function findRevived(
  environment: Environment,
  operations: readonly Operation[],
  { current, from = DATABASE }: { readonly current: Schema; readonly from?: Side | undefined },
): Promise<readonly string[]> {
  const dropped = listDropped(operations, current);
  if (dropped.length === 0) return [];
  const { dialect } = environment;
  if (from.kind !== "database") return dropped.map(({ table, column }) => describeRevived(table, column, undefined));
  const needs = dropped.map(({ operation, table, column }): DataNeed & { readonly column: string } => ({
    operation,
    table,
    column,
    fault: `have something in ${column}`,
    remedy: "",
    count: `SELECT count(*) AS found FROM ${dialect.quoteName(table)} WHERE ${dialect.quoteIdentifier(column)} IS NOT NULL`,
  }));
  const counted = await readDatabase(environment, (connection) => countNeeds(connection, needs));
  return dropped.flatMap(({ table, column }, position) => {
    const rows = counted[position]?.rows;
    return rows === 0 ? [] : [describeRevived(table, column, rows)];
  });
}

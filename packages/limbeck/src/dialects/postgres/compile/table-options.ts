import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import { findTable, type Schema } from "../../../schema/model/schema.ts";
import { quoteName } from "../names.ts";
import type { PostgresTableOptions } from "../options.ts";
import { quoteIdentifier } from "../quote.ts";
import { adoptDefaults, alterAllInherited, alterParameters } from "./column-storage.ts";
import { readOptions } from "./read-options.ts";

const ALTER = "ALTER TABLE ";

/** A table that leaves another one keeps its defaults, those that take numbers from there among them. */
function dropNumbers(own: string, whole: string, schema: Schema): readonly Statement[] {
  const found = findTable(schema, whole);
  const above = found && readOptions(found.options, "table", `Table "${whole}"`).partitionOf?.table;
  const numbered = (found?.columns ?? []).filter(({ autoIncrement }) => autoIncrement === true);
  return [
    ...numbered.map(({ name }) => ({ sql: `${own} ALTER COLUMN ${quoteIdentifier(name)} DROP DEFAULT` })),
    ...(above === undefined ? [] : dropNumbers(own, above, schema)),
  ];
}

function alterParents(
  own: string,
  from: PostgresTableOptions,
  to: PostgresTableOptions,
  schema: Schema,
): readonly Statement[] {
  const [old, fresh] = [from.partitionOf, to.partitionOf];
  const isSamePart = old?.table === fresh?.table && old?.bound === fresh?.bound;
  const name = own.slice(ALTER.length);
  const [gone, added] = [from.inherits ?? [], to.inherits ?? []];
  return [
    ...(old && !isSamePart
      ? [{ sql: `${ALTER}${quoteName(old.table)} DETACH PARTITION ${name}` }, ...dropNumbers(own, old.table, schema)]
      : []),
    ...(fresh && !isSamePart
      ? [{ sql: `${ALTER}${quoteName(fresh.table)} ATTACH PARTITION ${name} ${fresh.bound}` }, adoptDefaults(name)]
      : []),
    ...gone.filter((one) => !added.includes(one)).map((one) => ({ sql: `${own} NO INHERIT ${quoteName(one)}` })),
    ...added.filter((one) => !gone.includes(one)).map((one) => ({ sql: `${own} INHERIT ${quoteName(one)}` })),
  ];
}

const isAttached = ({ partitionOf: from }: PostgresTableOptions, { partitionOf: to }: PostgresTableOptions): boolean =>
  to !== undefined && (from?.table !== to.table || from.bound !== to.bound);

/** Whether columns of a parent may hold NULL in this table; also for a new table. */
export function alterNotNull(
  own: string,
  { notNull: from = [] }: PostgresTableOptions,
  { notNull: to = [] }: PostgresTableOptions,
): readonly Statement[] {
  const column = (name: string): string => `${own} ALTER COLUMN ${quoteIdentifier(name)}`;
  return [
    ...from.filter((name) => !to.includes(name)).map((name) => ({ sql: `${column(name)} DROP NOT NULL` })),
    ...to.filter((name) => !from.includes(name)).map((name) => ({ sql: `${column(name)} SET NOT NULL` })),
  ];
}

/** By which index CLUSTER orders; also for a new table. */
export function alterCluster(
  own: string,
  { cluster: from }: PostgresTableOptions,
  { cluster: to }: PostgresTableOptions,
): readonly Statement[] {
  if (from === to) return [];
  return [{ sql: to === undefined ? `${own} SET WITHOUT CLUSTER` : `${own} CLUSTER ON ${quoteIdentifier(to)}` }];
}

function describeIdentity(identity: PostgresTableOptions["replicaIdentity"]): string {
  if (identity === undefined) return "DEFAULT";
  return typeof identity === "string" ? identity.toUpperCase() : `USING INDEX ${quoteIdentifier(identity.index)}`;
}

/** Row security and what tells replicas which row changed; also for a new table, which has none of it. */
export function alterSecurity(
  own: string,
  from: PostgresTableOptions = {},
  to: PostgresTableOptions = {},
): readonly Statement[] {
  const [before, after] = [from, to].map(({ replicaIdentity }) => describeIdentity(replicaIdentity));
  return [
    ...(from.rowSecurity === to.rowSecurity
      ? []
      : [{ sql: `${own} ${to.rowSecurity ? "ENABLE" : "DISABLE"} ROW LEVEL SECURITY` }]),
    ...(from.forceRowSecurity === to.forceRowSecurity
      ? []
      : [{ sql: `${own} ${to.forceRowSecurity ? "FORCE" : "NO FORCE"} ROW LEVEL SECURITY` }]),
    ...(before === after ? [] : [{ sql: `${own} REPLICA IDENTITY ${after ?? ""}` }]),
  ];
}

/** What a table says of an index, which a new one of its name has to be told again. */
export function restoreIndex(table: string, index: string | undefined, { tables }: Schema): readonly Statement[] {
  const found = tables.find(({ name }) => name === table);
  const { cluster, replicaIdentity } = readOptions(found?.options, "table", `Table "${table}"`);
  const isReplica = typeof replicaIdentity === "object" && replicaIdentity.index === index;
  return [
    ...(index !== undefined && cluster === index ? alterCluster(`${ALTER}${quoteName(table)}`, {}, { cluster }) : []),
    ...(isReplica ? alterSecurity(`${ALTER}${quoteName(table)}`, {}, { replicaIdentity }) : []),
  ];
}

/** What `op.setTableOptions` says, in place. */
export function compileTableOptions(
  { table, from, to }: OperationMap["setTableOptions"],
  { before: schema }: CompileContext,
): readonly Statement[] {
  const own = `${ALTER}${quoteName(table)}`;
  const read = (options: typeof from): PostgresTableOptions =>
    readOptions(options ?? undefined, "table", `Table "${table}"`);
  const [before, after] = [read(from), read(to)];
  if (before.partitionBy !== after.partitionBy) {
    throw operationErrors.unsupportedChange({
      engine: "PostgreSQL",
      object: `table "${table}"`,
      change: "another partition key, or take it away",
      way: "Rows are not spread anew: create a table with the new key, copy the rows, drop the old one",
    });
  }
  const isLoggingChanged = before.unlogged !== after.unlogged;
  return [
    ...(isLoggingChanged ? [{ sql: `${own} SET ${after.unlogged ? "UNLOGGED" : "LOGGED"}` }] : []),
    ...alterParents(own, before, after, schema),
    ...alterNotNull(own, before, after),
    ...alterAllInherited(table, isAttached(before, after) ? {} : before, after),
    ...alterCluster(own, before, after),
    ...alterSecurity(own, before, after),
    ...alterParameters(own, before.with ?? {}, after.with ?? {}),
  ];
}

import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { dispatchOperation, type SqlValue } from "../../ops/operation.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";
import { findTable, type Schema } from "../../schema/model/schema.ts";
import type { EnsuredRows, SeedRow } from "./seed-operations.ts";

/** What rows are put into. */
export interface RowTarget {
  readonly dialect: Dialect;
  readonly connection: Connection;
  /** The schema as it is, for the types of columns. */
  readonly readSchema: () => Promise<Schema>;
  /** Called before each row. @throws when the command is asked to stop */
  readonly pulse: () => Promise<void>;
}

/** SQL with its values. */
interface BoundSql {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** Numbers placeholders and collects values, in the order in which they stand in a statement. */
function createBinder({ placeholder }: Pick<Dialect, "placeholder">): {
  readonly bind: (value: SqlValue) => string;
  readonly parameters: SqlValue[];
} {
  const parameters: SqlValue[] = [];
  return {
    parameters,
    bind: (value) => {
      parameters.push(value);
      return placeholder(parameters.length);
    },
  };
}

type Entry = readonly [column: string, value: SqlValue];

const TEXTS: readonly (string | undefined)[] = ["text", "varchar", "char"];

type TypeOf = (column: string) => ColumnType["kind"] | undefined;

/** Engines have no equality for all kinds of values: documents of some cannot be compared at all. */
const isComparable = ([, value]: Entry): boolean =>
  value === null || typeof value !== "object" || value instanceof Date || value instanceof Uint8Array;

const isDefined = (entry: readonly [string, SqlValue | undefined]): entry is Entry => entry[1] !== undefined;

/** What rows leave out of their key, or null that is in it; undefined where they say all of it. */
export function findLack(
  rows: readonly SeedRow[],
  key: readonly string[],
): { readonly column: string | undefined } | undefined {
  if (key.length === 0) return { column: undefined };
  const column = key.find((name) => rows.some((row) => row[name] === undefined || row[name] === null));
  return column === undefined ? undefined : { column };
}

/** The key of the first row that has the same as one before it, in words. */
export function findTwin(rows: readonly SeedRow[], key: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (const row of rows) {
    const words = key.map((column) => `${column} = ${showValue(row[column])}`).join(" and ");
    if (seen.has(words)) return words;
    seen.add(words);
  }
  return undefined;
}

const showValue = (value: SqlValue | undefined): string =>
  typeof value === "object" ? JSON.stringify(value) : String(value);

function splitRow(
  row: SeedRow,
  key: readonly string[],
): { readonly id: readonly Entry[]; readonly rest: readonly Entry[] } {
  const entries = Object.entries(row).filter(isDefined);
  return {
    id: entries.filter(([column]) => key.includes(column)),
    rest: entries.filter(([column]) => !key.includes(column)),
  };
}

function matchKey(id: readonly Entry[], bind: (value: SqlValue) => string, { quoteIdentifier }: Dialect): string {
  return id.map(([column, value]) => `${quoteIdentifier(column)} = ${bind(value)}`).join(" AND ");
}

/** Says what differs in a row that is there; undefined where it says nothing but its key. */
function compileUpdate(
  table: string,
  { id, rest }: ReturnType<typeof splitRow>,
  dialect: Dialect,
  typeOf: TypeOf,
): BoundSql | undefined {
  if (rest.length === 0) return undefined;
  const { quoteIdentifier: quote, quoteName, differsFromText } = dialect;
  const { bind, parameters } = createBinder(dialect);
  const set = rest.map(([column, value]) => `${quote(column)} = ${bind(value)}`).join(", ");
  const match = matchKey(id, bind, dialect);
  const update = `UPDATE ${quoteName(table)} SET ${set} WHERE ${match}`;
  if (!rest.every(isComparable)) return { sql: update, parameters };
  const differs = rest.map(([column, value]) => {
    const own = quote(column);
    if (value === null) return `${own} IS NOT NULL`;
    const isText = typeof value === "string" && TEXTS.includes(typeOf(column));
    const other = isText ? differsFromText?.(own, bind(value)) : undefined;
    return `(${own} IS NULL OR ${other ?? `${own} <> ${bind(value)}`})`;
  });
  return { sql: `${update} AND (${differs.join(" OR ")})`, parameters };
}

/** Makes sure that a table has rows; see `SeedOperations`. */
export async function ensureRows(
  table: string,
  rows: readonly SeedRow[],
  key: readonly string[],
  { dialect, connection, readSchema, pulse }: RowTarget,
): Promise<EnsuredRows> {
  const missing: SeedRow[] = [];
  let updated = 0;
  const listTypes = async (): Promise<ReadonlyMap<string, ColumnType["kind"]>> => {
    const found = findTable(await readSchema(), table);
    return new Map(found?.columns.map(({ name, type }) => [name, type.kind]));
  };
  for (const row of rows) {
    await pulse();
    const parts = splitRow(row, key);
    const { bind, parameters } = createBinder(dialect);
    const match = matchKey(parts.id, bind, dialect);
    const found = await connection.query(
      `SELECT 1 AS found FROM ${dialect.quoteName(table)} WHERE ${match}`,
      parameters,
    );
    if (found.length === 0) {
      missing.push(row);
      continue;
    }
    const types = await listTypes();
    const update = compileUpdate(table, parts, dialect, (column) => types.get(column));
    if (update) updated += await connection.execute(update.sql, update.parameters);
  }
  if (missing.length > 0) {
    const schema = await readSchema();
    const context = { before: schema, after: schema, serverVersion: connection.serverVersion };
    const insert = { kind: "bulkInsert", table, rows: missing } as const;
    for (const { sql, parameters } of dispatchOperation(dialect.compile, insert, context)) {
      await connection.execute(sql, parameters);
    }
  }
  return { inserted: missing.length, updated };
}

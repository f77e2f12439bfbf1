import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { knowTypes } from "../../ops/describe/know-types.ts";
import { listLosses, type LostData } from "../../ops/describe/list-losses.ts";
import type { Operation } from "../../ops/operation.ts";
import { nameParkedTable } from "../../ops/soft-delete/parked-table.ts";
import { findTable, type Schema } from "../../schema/model/schema.ts";
import { RawLosses } from "./read-raw-losses.ts";
import { listDomainLosses } from "./list-domain-losses.ts";

/** What a revision destroys, counted. */
export interface Loss extends LostData {
  /** How many rows go, or values that are not NULL; no more than {@link COUNTED} are counted. */
  readonly rows: number;
  /** How many of them are former rows that the engine keeps of the table. */
  readonly formerRows: number;
}

/** How far is counted: beyond that it takes long on a large table, and the number changes nothing. */
const COUNTED = 1_000_000;

/** The statements of a raw operation; none where they cannot be told apart, which running them will say. */
function splitRaw(sql: string, dialect: Dialect): readonly string[] {
  try {
    return dialect.splitScript(sql).map((statement) => statement.sql);
  } catch {
    return [];
  }
}

/**
 * Which rows and values of a schema an operation destroys.
 *
 * @param readSchema gives what is there before it; only asked where that decides
 */
export type LossFinder = (operation: Operation, readSchema: () => Promise<Schema>) => Promise<readonly LostData[]>;

/** Makes what finds the losses of one revision, operation by operation: what came before tells which rows are safe elsewhere. */
export function createLossFinder(dialect: Dialect): LossFinder {
  const raw = new RawLosses();
  return async (operation, readSchema) => {
    if (operation.kind === "dropTable") {
      const { name } = operation.table;
      const parked = findTable(await readSchema(), nameParkedTable(name, dialect.diffRules.namespaceOf(name)));
      return [...raw.listLostWith(operation.table), ...(parked ? [{ table: parked.name }] : [])];
    }
    if (operation.kind === "replaceObject" && dialect.resolveType) {
      return listDomainLosses(operation, dialect, await readSchema());
    }
    if (operation.kind !== "execute") {
      const isOfTypes = dialect.resolveType && (operation.kind === "alterColumn" || operation.kind === "alterTable");
      return listLosses(operation, isOfTypes ? knowTypes(dialect, await readSchema()) : dialect);
    }
    const lost: LostData[] = [];
    for (const sql of splitRaw(operation.sql, dialect)) lost.push(...(await raw.read(sql, readSchema)));
    return lost;
  };
}

/** Counts what is lost; what is empty is no loss. */
export async function countLosses(
  connection: Connection,
  { quoteName, quoteIdentifier, findNarrowed, rows: rules }: Dialect,
  lost: readonly LostData[],
): Promise<readonly Loss[]> {
  const count = async (source: string, held: string): Promise<number> => {
    const sql = `SELECT count(*) AS n FROM (SELECT 1 AS one FROM ${source}${held} LIMIT ${COUNTED}) AS held`;
    const [row] = await connection.query(sql);
    return Number(row?.["n"] ?? 0);
  };
  const losses: Loss[] = [];
  for (const one of lost) {
    const column = one.column === undefined ? undefined : quoteIdentifier(one.column);
    const condition = column && one.narrowed && findNarrowed?.(column, one.narrowed.from, one.narrowed.to);
    const held = column === undefined ? "" : ` WHERE ${column} IS NOT NULL${condition ? ` AND (${condition})` : ""}`;
    const current = await count(quoteName(one.table), held);
    const all = await rules.nameWithFormerRows?.(connection, one.table);
    const formerRows = all === undefined ? 0 : (await count(all, held)) - current;
    const rows = one.former ? formerRows : current + formerRows;
    if (rows > 0) losses.push({ ...one, rows, formerRows });
  }
  return losses;
}

const plural = (rows: number, noun: string): string => {
  if (rows >= COUNTED) return `${COUNTED.toLocaleString("en-US")} ${noun}s or more`;
  return `${rows.toLocaleString("en-US")} ${noun}${rows === 1 ? "" : "s"}`;
};

/** A loss in words: `all 3 rows of todos`, `2 values of todos.due`, `all 5 rows of todos, 2 former ones among them`. */
export function describeLoss({ table, column, rows, former, formerRows, isPartial, counter }: Loss): string {
  if (former) return `${plural(rows, "former row")} of ${table}`;
  if (counter) return `the counter of ${table}.${column}`;
  const isAmong =
    formerRows > 0
      ? `, ${formerRows === 1 ? "a former one" : `${formerRows.toLocaleString("en-US")} former ones`} among them`
      : "";
  if (column !== undefined) return `${plural(rows, "value")} of ${table}.${column}${isAmong}`;
  if (isPartial) return `up to ${plural(rows, "row")} of ${table}${isAmong}`;
  return `${rows === 1 ? "the only row" : `all ${plural(rows, "row")}`} of ${table}${isAmong}`;
}

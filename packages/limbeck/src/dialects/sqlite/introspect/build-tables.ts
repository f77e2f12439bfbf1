import type { UnmanagedObject } from "../../../dialect/dialect.ts";
import type { Table } from "../../../schema/model/table.ts";
import type { TableIndex } from "../../../schema/model/table-index.ts";
import { LimbeckError } from "../../../kernel/errors/limbeck-error.ts";
import { parseCreateIndex } from "../parse/parse-create-index.ts";
import { parseCreateTable } from "../parse/parse-create-table.ts";
import { sortByName } from "./sort-by-name.ts";
import type { CatalogueEntry } from "./read-catalogue.ts";

/** Tables that the model can hold, and those it can't. */
export interface BuiltTables {
  readonly tables: readonly Table[];
  readonly unmanaged: readonly UnmanagedObject[];
}

/** Tables by the statements that they are built from. */
export type KnownTables = Map<string, Table>;

/**
 * Builds the tables with their indexes. A table of which anything can't be read is unmanaged as a whole: changing it may mean
 * rebuilding it from the model, and then what is not in the model would be gone.
 */
export function buildTables(entries: readonly CatalogueEntry[], known: KnownTables): BuiltTables {
  const indexes = Map.groupBy(
    entries.filter(({ type }) => type === "index"),
    ({ table }) => table,
  );
  const tables: Table[] = [];
  const unmanaged: UnmanagedObject[] = [];
  for (const entry of entries) {
    if (entry.type !== "table") continue;
    try {
      tables.push(recallTable(entry, indexes.get(entry.name) ?? [], known));
    } catch (error) {
      unmanaged.push({ kind: "table", name: entry.name, reason: explain(error) });
    }
  }
  return { tables, unmanaged };
}

function recallTable(entry: CatalogueEntry, indexes: readonly CatalogueEntry[], known: KnownTables): Table {
  const statements = [entry, ...indexes].map(({ name, sql }) => `${name}\n${sql}`).join("\n");
  const table = known.get(statements) ?? buildTable(entry, indexes);
  known.set(statements, table);
  return table;
}

function buildTable(entry: CatalogueEntry, indexes: readonly CatalogueEntry[]): Table {
  const table = parseCreateTable(entry.sql);
  const columns = table.columns.map(({ name }) => name);
  // The catalogue's names count: the text has the spelling of the one who wrote it.
  const named = indexes.map(({ name, sql }): TableIndex => ({ ...parseCreateIndex(sql, columns).index, name }));
  return { ...table, name: entry.name, indexes: sortByName(named) };
}

/** @throws what is not about the statement's text */
export function explain(error: unknown): string {
  if (!(error instanceof LimbeckError)) throw error;
  return `${error.title} ${error.why}`;
}

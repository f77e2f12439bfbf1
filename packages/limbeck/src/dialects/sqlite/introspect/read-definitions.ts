import type { Connection } from "../../../dialect/connection.ts";
import type { ObjectDefinition } from "../../../dialect/journal-rules.ts";
import { findVirtualTables } from "./find-virtual-tables.ts";
import { readCatalogue, type CatalogueEntry } from "./read-catalogue.ts";

function findWords({ type, name, table }: CatalogueEntry): string {
  if (type === "index") return `table ${table}`;
  return type === "trigger" ? `trigger ${name} of ${table}` : `${type} ${name}`;
}

/** The statements that everything was created by, which SQLite keeps up to date, but for virtual tables; an index is a part of its table. */
export async function readDefinitions(connection: Connection): Promise<readonly ObjectDefinition[]> {
  const entries = await readCatalogue(connection);
  const hidden = new Set((await findVirtualTables(connection, entries)).map(({ name }) => name));
  return entries
    .filter(({ table }) => !hidden.has(table))
    .map((entry) => ({ words: findWords(entry), owner: entry.table, text: entry.sql }))
    .toSorted((a, b) => (a.text < b.text ? -1 : 1));
}

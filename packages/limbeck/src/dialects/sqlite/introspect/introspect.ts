import type { Connection } from "../../../dialect/connection.ts";
import type { Introspection, UnmanagedObject } from "../../../dialect/dialect.ts";
import type { Table } from "../../../schema/model/table.ts";
import type { Trigger, View } from "../../../schema/model/schema.ts";
import { quoteIdentifier } from "../quote.ts";
import { findSpelling } from "../parse/find-spelling.ts";
import { parseCreateTrigger } from "../parse/parse-create-trigger.ts";
import { parseCreateView } from "../parse/parse-create-view.ts";
import { buildTables, explain, type KnownTables } from "./build-tables.ts";
import { findVirtualTables } from "./find-virtual-tables.ts";
import { readCatalogue } from "./read-catalogue.ts";
import type { CatalogueEntry } from "./read-catalogue.ts";
import { settleReferences } from "./settle-references.ts";
import { sortByName } from "./sort-by-name.ts";

/**
 * Reads the main database into the schema model, in one query; two more when it has virtual tables. Everything is sorted by name.
 *
 * SQLite keeps the text of each CREATE statement, and keeps it up to date through ALTER TABLE, so the text is the whole truth: its PRAGMAs know
 * neither checks nor constraint names, conflict clauses or deferrable keys.
 *
 * @param known tables that were read before, by their statements; what is read is added to it
 */
export async function introspect(connection: Connection, known: KnownTables = new Map()): Promise<Introspection> {
  const entries = await readCatalogue(connection);
  const virtual = await findVirtualTables(connection, entries);
  const hidden = new Set(virtual.map(({ name }) => name));
  const managed = entries.filter(({ table }) => !hidden.has(table));
  const built = buildTables(managed, known);
  const views = readEach(managed, "view", ({ name, sql }): View => ({ ...parseCreateView(sql), name }));
  const owners = [...built.tables, ...views.objects].map(({ name }) => name);
  const triggers = readEach(managed, "trigger", (entry) => buildTrigger(entry, owners));
  const schema = {
    tables: sortByName<Table>(settleReferences(built.tables)),
    views: sortByName(views.objects),
    triggers: sortByName(triggers.objects.filter(({ table }) => owners.includes(table))),
    enums: [],
    sequences: [],
    objects: [],
  };
  const strays = triggers.objects
    .filter(({ table }) => !owners.includes(table))
    .map((trigger) => describeStray(trigger));
  const unmanaged = [...virtual, ...built.unmanaged, ...views.unmanaged, ...triggers.unmanaged, ...strays];
  return { schema, unmanaged: sortByName(unmanaged.map((object) => withDefinition(object, entries))) };
}

/** Shadow tables have none: they come with their virtual table. */
function withDefinition(object: UnmanagedObject, entries: readonly CatalogueEntry[]): UnmanagedObject {
  const type = object.kind === "virtual table" ? "table" : object.kind;
  const entry = entries.find((one) => one.type === type && one.name === object.name);
  return entry
    ? { ...object, definition: entry.sql, drop: `DROP ${type.toUpperCase()} ${quoteIdentifier(object.name)}` }
    : object;
}

/** Whether the main database has a table of that name, in any case of its ASCII letters. */
export async function hasTable(connection: Connection, name: string): Promise<boolean> {
  const sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE";
  return (await connection.query(sql, [name])).length > 0;
}

interface ReadObjects<Read> {
  readonly objects: readonly Read[];
  readonly unmanaged: readonly UnmanagedObject[];
}

function readEach<Read>(
  entries: readonly CatalogueEntry[],
  type: CatalogueEntry["type"],
  read: (entry: CatalogueEntry) => Read,
): ReadObjects<Read> {
  const objects: Read[] = [];
  const unmanaged: UnmanagedObject[] = [];
  for (const entry of entries) {
    if (entry.type !== type) continue;
    try {
      objects.push(read(entry));
    } catch (error) {
      unmanaged.push({ kind: type, name: entry.name, reason: explain(error) });
    }
  }
  return { objects, unmanaged };
}

function buildTrigger({ name, table, sql }: CatalogueEntry, owners: readonly string[]): Trigger {
  return { name, table: findSpelling(owners, table), definition: parseCreateTrigger(sql).definition };
}

function describeStray({ name, table }: Trigger): UnmanagedObject {
  return { kind: "trigger", name, reason: `${table}, which it belongs to, is unmanaged` };
}

import type { Connection } from "../../../dialect/connection.ts";
import type { UnmanagedObject } from "../../../dialect/dialect.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { readName, tokenize } from "../parse/tokenize.ts";
import { readText } from "./read-catalogue.ts";
import type { CatalogueEntry } from "./read-catalogue.ts";

interface VirtualTable {
  readonly name: string;
  readonly module: string;
}

/**
 * The virtual tables and the shadow tables in which their modules keep their data: neither is for us to change.
 * https://www.sqlite.org/vtab.html#xshadowname
 */
export async function findVirtualTables(
  connection: Connection,
  entries: readonly CatalogueEntry[],
): Promise<readonly UnmanagedObject[]> {
  const virtual = entries.filter(({ type }) => type === "table").flatMap((entry) => parseVirtualTable(entry));
  // Most databases have none and are read with a single query.
  if (virtual.length === 0) return [];
  const shadows = await readNames(
    connection,
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'",
  );
  const modules = await readNames(connection, "SELECT name FROM pragma_module_list");
  const orphans = virtual.filter(({ module }) => !modules.has(foldName(module)));
  const unmanaged = virtual.map(({ name, module }) => ({
    kind: "virtual table",
    name,
    reason: `the module ${module} keeps it`,
  }));
  const names = new Set(virtual.map(({ name }) => name));
  for (const { type, name } of entries) {
    if (type !== "table" || names.has(name)) continue;
    const reason = explainShadow(name, shadows, orphans);
    if (reason !== undefined) unmanaged.push({ kind: "shadow table", name, reason });
  }
  return unmanaged;
}

function explainShadow(
  name: string,
  shadows: ReadonlySet<string>,
  orphans: readonly VirtualTable[],
): string | undefined {
  const folded = foldName(name);
  if (shadows.has(folded)) return "a virtual table keeps its data in it";
  // SQLite tells shadow tables only while the module is loaded. Dropping the data of one that is not would be the worst guess.
  const orphan = orphans.find((table) => folded.startsWith(`${foldName(table.name)}_`));
  return orphan && `it may hold the data of ${orphan.name}, whose module ${orphan.module} is not loaded`;
}

function parseVirtualTable({ name, sql }: CatalogueEntry): readonly VirtualTable[] {
  // SQLite writes these words itself. To take apart every statement would take longer than all else.
  if (!sql.startsWith("CREATE VIRTUAL TABLE")) return [];
  const tokens = tokenize(sql);
  if (tokens[1]?.keyword !== "VIRTUAL") return [];
  const using = tokens.findIndex(({ keyword }) => keyword === "USING");
  const module = tokens[using + 1];
  return [{ name, module: module === undefined ? "" : readName(module) }];
}

async function readNames(connection: Connection, sql: string): Promise<ReadonlySet<string>> {
  const rows = await connection.query(sql);
  return new Set(rows.map((row) => foldName(readText(row, "name"))));
}

import type { Connection, Row } from "../../../dialect/connection.ts";

/** One row of `sqlite_schema`: an object as the statement that created it. https://www.sqlite.org/schematab.html */
export interface CatalogueEntry {
  readonly type: "table" | "index" | "view" | "trigger";
  readonly name: string;
  /** The table or view that an index or a trigger belongs to; otherwise the name again. */
  readonly table: string;
  readonly sql: string;
}

/**
 * Everything that `sqlite_schema` holds, but SQLite's own tables, and the indexes that it makes for keys.
 * One query, whatever the number of tables.
 */
export async function readCatalogue(connection: Connection): Promise<readonly CatalogueEntry[]> {
  const rows = await connection.query(
    String.raw`SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`,
  );
  return rows.map((row) => toEntry(row));
}

function toEntry(row: Row): CatalogueEntry {
  return {
    // SQLite writes these four words only.
    type: readText(row, "type") as CatalogueEntry["type"],
    name: readText(row, "name"),
    table: readText(row, "tbl_name"),
    sql: readText(row, "sql"),
  };
}

/** A column of the catalogue that always holds text. */
export function readText(row: Row, column: string): string {
  const value = row[column];
  return typeof value === "string" ? value : "";
}

import type { Table } from "../schema/model/table.ts";
import type { Introspection } from "./dialect.ts";

/** Makes a function that gives the same object for a table as long as the catalogue says the same of it, so that what was compared once is seen at once. */
export function createTableRecognizer(): (found: Introspection) => Introspection {
  const known = new Map<string, Table>();
  const recognize = (table: Table): Table => {
    const text = JSON.stringify(table);
    const same = known.get(text) ?? table;
    known.set(text, same);
    return same;
  };
  return ({ schema, ...rest }) => ({ ...rest, schema: { ...schema, tables: schema.tables.map(recognize) } });
}

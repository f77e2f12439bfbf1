import type { Column } from "../../src/schema/model/column.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model/schema.ts";

/** What is computed is kept: that is all that PostgreSQL 15 knows. */
const adaptColumn = ({ generated, ...column }: Column): Column => ({
  ...column,
  ...(generated && { generated: { ...generated, storage: "stored" as const } }),
});

/** A schema of the arbitraries in words that PostgreSQL may take; triggers, which call functions there, are left out. */
export const adaptSchema = ({ tables, views }: Schema): Schema => ({
  ...EMPTY_SCHEMA,
  tables: tables.map((table) => ({ ...table, columns: table.columns.map(adaptColumn) })),
  views,
});

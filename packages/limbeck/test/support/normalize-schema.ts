import type { Schema } from "../../src/schema/model/schema.ts";

const sortByText = <Element>(list: readonly Element[]): readonly Element[] =>
  list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** SQLite writes a new column name into expressions in double quotes; the pure operations leave a plain name plain. */
const unquote = (sql: string): string => sql.replaceAll(/"([a-z_][a-z0-9_]*)"/g, "$1");

function unquoteExpressions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unquoteExpressions);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const isText = ["expression", "where", "definition"].includes(key) && typeof inner === "string";
      return [key, isText ? unquote(inner) : unquoteExpressions(inner)];
    }),
  );
}

/** A schema without the order of what has none, and without the quotes that mean nothing. */
export function normalizeSchema(schema: Schema): unknown {
  const tables = schema.tables.map((table) => ({
    ...table,
    constraints: sortByText(table.constraints),
    indexes: sortByText(table.indexes),
  }));
  return unquoteExpressions({
    ...schema,
    tables: sortByText(tables),
    views: sortByText(schema.views),
    triggers: sortByText(schema.triggers),
  });
}

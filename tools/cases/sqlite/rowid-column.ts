import type { ColumnCensus, TableCensus } from "./census.ts";

/** The column that is another name of the rowid: it is never left empty, and never has its default. https://www.sqlite.org/lang_createtable.html#rowid */
export function findRowidColumn({ columns, withoutRowid }: TableCensus): ColumnCensus | undefined {
  const keys = columns.filter(({ key }) => key > 0);
  return !withoutRowid && keys.length === 1 && keys[0]?.type === "INTEGER" ? keys[0] : undefined;
}

import type { Rename } from "../read-renames.ts";
import type { Census, ColumnCensus, TableCensus } from "./census.ts";

/** Which tables and columns of the start live on in the end, under which names. */
export interface Counterparts {
  /** The table that a table becomes; undefined when it goes. */
  readonly findTable: (name: string) => (TableCensus & { readonly name: string }) | undefined;
  /** The column that a column becomes; undefined when it goes, with its table or alone. */
  readonly findColumn: (table: string, column: string) => ColumnCensus | undefined;
}

const fold = (name: string): string => name.toLowerCase();

/** Pairs up what two schemas have in common; names as the census has them. */
export function findCounterparts(end: Census, renames: readonly Rename[]): Counterparts {
  const findTable: Counterparts["findTable"] = (name) => {
    const renamed = renames.find(({ kind, from }) => kind === "table" && fold(from) === name);
    const other = renamed ? fold(renamed.to) : name;
    const table = end.tables[other];
    return table && { ...table, name: other };
  };
  return {
    findTable,
    findColumn: (name, column) => {
      const table = findTable(name);
      const renamed = renames.find(
        (one) => one.kind === "column" && fold(one.table ?? "") === table?.name && fold(one.from) === column,
      );
      const other = renamed ? fold(renamed.to) : column;
      return table?.columns.find((candidate) => candidate.name === other);
    },
  };
}

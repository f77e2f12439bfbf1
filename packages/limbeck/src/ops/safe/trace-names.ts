import { renameColumnsInExpression } from "../expression/identifiers.ts";
import { listChanges, type Operation } from "../operation.ts";

/** Where rows stand before some operations, by the names that they have afterwards. */
export interface FormerNames {
  /** The table that the rows are in; undefined where the operations have created it. */
  readonly table: (name: string) => string | undefined;
  /** Their columns, in the same order; undefined where one of them has been added. */
  readonly columns: (table: string, names: readonly string[]) => readonly string[] | undefined;
  /** What a column that has been added is generated from, with the former names; undefined for every other column. */
  readonly generated: (table: string, name: string) => string | undefined;
  /** An expression over the columns of a table, with the former names; undefined where the table is new. */
  readonly expression: (table: string, sql: string) => string | undefined;
}

/**
 * Follows renames backwards, so that what is said after some operations can be asked of the rows before them.
 *
 * @param operations those before the moment that is meant
 */
export function traceNames(operations: readonly Operation[]): FormerNames {
  const singles = operations.flatMap(listChanges);
  const findTable = (name: string): string | undefined => {
    let current: string | undefined = name;
    for (const one of singles.toReversed()) {
      if (one.kind === "renameTable" && one.to === current) current = one.from;
      if (one.kind === "createTable" && one.table.name === current) return undefined;
    }
    return current;
  };
  const findColumn = (table: string, name: string): string | undefined => {
    let [owner, current] = [table, name];
    for (const one of singles.toReversed()) {
      if (one.kind === "renameTable" && one.to === owner) owner = one.from;
      if (!("table" in one) || one.table !== owner) continue;
      if (one.kind === "renameColumn" && one.to === current) current = one.from;
      if (one.kind === "addColumn" && one.column.name === current) return undefined;
    }
    return current;
  };
  const listRenamed = (table: string): ReadonlyMap<string, string> =>
    new Map(
      singles.flatMap((one) => {
        if (one.kind !== "renameColumn") return [];
        const former = findColumn(table, one.to);
        return former === undefined || former === one.to ? [] : [[one.to, former] as const];
      }),
    );
  const renameIn = (table: string, sql: string): string | undefined =>
    findTable(table) === undefined ? undefined : renameColumnsInExpression(sql, table, listRenamed(table));
  return {
    table: findTable,
    columns: (table, names) => {
      const former = names.flatMap((name) => findColumn(table, name) ?? []);
      return former.length === names.length ? former : undefined;
    },
    generated: (table, name) => {
      const added = singles.findLast(
        (one) => one.kind === "addColumn" && one.table === table && one.column.name === name,
      );
      const sql = added?.kind === "addColumn" ? added.column.generated?.expression : undefined;
      return sql === undefined ? undefined : renameIn(table, sql);
    },
    expression: renameIn,
  };
}

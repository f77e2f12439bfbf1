import type { ForeignKey } from "../../schema/model/constraint.ts";
import type { Table } from "../../schema/model/table.ts";

/** What a table points to, and what it cannot do without. */
interface Parents {
  readonly all: readonly string[];
  readonly required: readonly string[];
}

function findParents(table: Table, known: ReadonlySet<string>): Parents {
  const nullable = new Set(table.columns.filter((column) => column.nullable).map(({ name }) => name));
  const keys = table.constraints.filter(
    (constraint): constraint is ForeignKey =>
      constraint.kind === "foreignKey" &&
      constraint.references.table !== table.name &&
      known.has(constraint.references.table),
  );
  const namesOf = (some: readonly ForeignKey[]): readonly string[] => some.map(({ references }) => references.table);
  return {
    all: namesOf(keys),
    required: namesOf(keys.filter(({ columns }) => columns.every((column) => !nullable.has(column)))),
  };
}

/**
 * The tables that others point to before these. Where keys go in a circle, it is cut at a key that may be NULL, if there is one.
 */
export function orderTables(tables: readonly Table[]): readonly Table[] {
  const known = new Set(tables.map(({ name }) => name));
  const parents = new Map(tables.map((table) => [table, findParents(table, known)]));
  const placed = new Set<string>();
  const left = new Set(tables);
  const ordered: Table[] = [];
  const isReady = (table: Table, kind: keyof Parents): boolean =>
    parents.get(table)?.[kind].every((name) => placed.has(name)) ?? true;
  while (left.size > 0) {
    const waiting = [...left];
    const next =
      waiting.find((table) => isReady(table, "all")) ??
      waiting.find((table) => isReady(table, "required")) ??
      waiting[0];
    if (!next) break;
    left.delete(next);
    placed.add(next.name);
    ordered.push(next);
  }
  return ordered;
}

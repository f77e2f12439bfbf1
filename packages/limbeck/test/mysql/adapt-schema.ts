import type { Column } from "../../src/schema/model/column.ts";
import type { Constraint, ForeignKey } from "../../src/schema/model/constraint.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model/schema.ts";
import { findColumn, type Table } from "../../src/schema/model/table.ts";
import { isUnbounded } from "../../src/dialects/mysql/types.ts";

/** Names in SQL texts in backticks. */
const respell = (sql: string): string => sql.replaceAll(/"([^"]*)"/g, "`$1`");

/** A computed column may be NULL on MariaDB, whatever is said of it. */
const adaptColumn = ({ generated, ...column }: Column): Column =>
  generated
    ? { ...column, nullable: true, generated: { ...generated, expression: respell(generated.expression) } }
    : column;

function isPossibleKey(key: ForeignKey, own: Table, target: Table | undefined): boolean {
  return key.columns.every((name, position) => {
    const column = findColumn(own, name);
    const other = target && findColumn(target, key.references.columns[position] ?? "");
    if (!column || !other || isUnbounded(column.type)) return false;
    return (
      JSON.stringify([column.type, column.collation]) === JSON.stringify([other.type, other.collation]) &&
      !column.generated &&
      !other.generated
    );
  });
}

function adaptForeignKey({ name, columns, references, onDelete, onUpdate }: ForeignKey, own: Table): ForeignKey {
  const key = { kind: "foreignKey", ...(name !== undefined && { name }), columns, references } as const;
  const mayBeNull = key.columns.every((column) => findColumn(own, column)?.nullable);
  const isPossible = (action: ForeignKey["onDelete"]): boolean =>
    action !== undefined && action !== "set default" && (action !== "set null" || mayBeNull);
  return {
    ...key,
    ...(onDelete && isPossible(onDelete) && { onDelete }),
    ...(onUpdate && isPossible(onUpdate) && { onUpdate }),
  };
}

function adaptConstraint(constraint: Constraint, own: Table, tables: readonly Table[]): readonly Constraint[] {
  if (constraint.kind === "check") return [{ ...constraint, expression: respell(constraint.expression) }];
  if (constraint.kind === "foreignKey") {
    const target = tables.find(({ name }) => name === constraint.references.table);
    return isPossibleKey(constraint, own, target) ? [adaptForeignKey(constraint, own)] : [];
  }
  if (constraint.kind === "unique") {
    const { kind, name, columns } = constraint;
    return [{ kind, ...(name !== undefined && { name }), columns }];
  }
  const isBounded = constraint.columns.every((name) => !isUnbounded(findColumn(own, name)?.type ?? { kind: "text" }));
  return isBounded ? [constraint] : [];
}

/** A schema of the arbitraries as MariaDB can hold it: without what it refuses, and with names in backticks. */
export function adaptSchema({ tables, views }: Schema): Schema {
  return {
    ...EMPTY_SCHEMA,
    tables: tables.map((table) => ({
      ...table,
      columns: table.columns.map(adaptColumn),
      constraints: table.constraints.flatMap((one) => adaptConstraint(one, table, tables)),
      indexes: table.indexes
        .filter(({ parts }) => parts.every(({ column }) => column !== undefined))
        .map(({ name, parts, unique }) => ({ name, parts, unique })),
    })),
    views: views.map((view) => ({ ...view, definition: respell(view.definition) })),
    triggers: [],
  };
}

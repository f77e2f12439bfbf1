import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { Column } from "../../schema/model/column.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { DialectOptions } from "../../schema/model/dialect-options.ts";
import type { Sequence } from "../../schema/model/sequence.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { IndexPart, TableIndex } from "../../schema/model/table-index.ts";
import { findColumn, type Table } from "../../schema/model/table.ts";
import { renameColumnsInExpression } from "../expression/identifiers.ts";
import type { OperationMap } from "../operation.ts";
import { requireColumn, requireTable } from "./edit-schema.ts";

type Names = ReadonlyMap<string, string>;

const renameAll = (columns: readonly string[], names: Names): readonly string[] =>
  columns.map((column) => names.get(column) ?? column);

function renameInColumn(column: Column, table: string, names: Names): Column {
  const name = names.get(column.name) ?? column.name;
  if (!column.generated) return { ...column, name };
  const expression = renameColumnsInExpression(column.generated.expression, table, names);
  return { ...column, name, generated: { ...column.generated, expression } };
}

function renameInConstraint(constraint: Constraint, table: string, names: Names): Constraint {
  if (constraint.kind === "check") {
    return { ...constraint, expression: renameColumnsInExpression(constraint.expression, table, names) };
  }
  return { ...constraint, columns: renameAll(constraint.columns, names) };
}

function renameInPart(part: IndexPart, table: string, names: Names): IndexPart {
  return {
    ...part,
    ...(part.column !== undefined && { column: names.get(part.column) ?? part.column }),
    ...(part.expression !== undefined && { expression: renameColumnsInExpression(part.expression, table, names) }),
  };
}

function renameInIndex(index: TableIndex, table: string, names: Names): TableIndex {
  return {
    ...index,
    parts: index.parts.map((part) => renameInPart(part, table, names)),
    ...(index.where !== undefined && { where: renameColumnsInExpression(index.where, table, names) }),
  };
}

/** What tables are partitioned by is SQL that names columns, which engines that know such tables keep in the option `partitionBy`. */
function renameInOptions(options: DialectOptions, table: string, names: Names): DialectOptions {
  const rename = ([name, own]: readonly [string, DialectOptions[string]]): readonly [
    string,
    DialectOptions[string],
  ] => {
    const { partitionBy } = own;
    if (typeof partitionBy !== "string") return [name, own];
    return [name, { ...own, partitionBy: renameColumnsInExpression(partitionBy, table, names) }];
  };
  return Object.fromEntries(Object.entries(options).map(rename));
}

/** Foreign keys that point to the renamed columns, wherever they are. */
function renameTargets(table: Table, target: string, names: Names): Table {
  const rename = (constraint: Constraint): Constraint =>
    constraint.kind === "foreignKey" && constraint.references.table === target
      ? {
          ...constraint,
          references: { ...constraint.references, columns: renameAll(constraint.references.columns, names) },
        }
      : constraint;
  return { ...table, constraints: table.constraints.map(rename) };
}

/**
 * The table with some of its columns renamed, all at once, wherever it names them itself. Expressions are rewritten as
 * {@link renameColumnsInExpression} can.
 *
 * @param names new names by the old ones
 */
export function renameTableColumns(table: Table, names: Names): Table {
  return renameTargets(
    {
      ...table,
      columns: table.columns.map((column) => renameInColumn(column, table.name, names)),
      constraints: table.constraints.map((constraint) => renameInConstraint(constraint, table.name, names)),
      indexes: table.indexes.map((index) => renameInIndex(index, table.name, names)),
      ...(table.options && { options: renameInOptions(table.options, table.name, names) }),
    },
    table.name,
    names,
  );
}

/**
 * Renames a column; constraints, indexes, expressions of its table and foreign keys of other tables follow. The texts of
 * views and triggers stay, because only the engine can say which of their words mean this column.
 */
export function applyRenameColumn({ table, from, to }: OperationMap["renameColumn"], schema: Schema): Schema {
  const found = requireTable(schema, table);
  requireColumn(found, from);
  if (findColumn(found, to)) throw operationErrors.alreadyExists({ object: `column "${to}"`, table });
  const names = new Map([[from, to]]);
  const follow = (sequence: Sequence): Sequence => {
    const { ownedBy } = sequence;
    const isOwner = ownedBy?.table === table && ownedBy.column === from;
    return isOwner ? { ...sequence, ownedBy: { ...ownedBy, column: to } } : sequence;
  };
  return {
    ...schema,
    sequences: schema.sequences.map(follow),
    tables: schema.tables.map((other) =>
      other.name === table ? renameTableColumns(other, names) : renameTargets(other, table, names),
    ),
  };
}

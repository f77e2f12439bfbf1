import type { Constraint, ForeignKey, UniqueConstraint } from "../../schema/model/constraint.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import type { Table } from "../../schema/model/table.ts";
import { findPartLength, findTypesOf } from "./compile/render-index.ts";
import { isUnbounded } from "./types.ts";

/** A unique index of whole columns is a unique constraint; where it holds text of any length, it is kept as hashes, which have no order. */
function toConstraint({ name, parts, unique, options }: TableIndex, { columns }: Table): UniqueConstraint | undefined {
  const isHashed = parts.some(({ column }) => columns.some((one) => one.name === column && isUnbounded(one.type)));
  const isPlain =
    unique &&
    options === undefined &&
    parts.every(
      ({ column, order = "asc", options: own }) =>
        column !== undefined && (isHashed || order === "asc") && own === undefined,
    );
  return isPlain ? { kind: "unique", name, columns: parts.flatMap(({ column }) => column ?? []) } : undefined;
}

/** To InnoDB both words mean the same. https://mariadb.com/kb/en/foreign-keys/#constraints */
const foldAction = (action: ForeignKey["onDelete"]): ForeignKey["onDelete"] =>
  action === "restrict" ? "no action" : action;

function foldActions({ onDelete, onUpdate, ...key }: ForeignKey): ForeignKey {
  const [remove, update] = [foldAction(onDelete), foldAction(onUpdate)];
  return { ...key, ...(remove && { onDelete: remove }), ...(update && { onUpdate: update }) };
}

/** The primary key is called PRIMARY, whatever it is to be called. */
function respellConstraint(constraint: Constraint): Constraint {
  if (constraint.kind === "foreignKey") return foldActions(constraint);
  if (constraint.kind !== "primaryKey") return constraint;
  const { name: _name, ...rest } = constraint;
  return rest;
}

/** How much of a long text an index holds stands in it. */
function respellIndex(index: TableIndex, table: Table): TableIndex {
  const parts = index.parts.map((part) => {
    const length = findPartLength(part, index, findTypesOf(table));
    if (length === undefined) return part;
    return { ...part, options: { ...part.options, mysql: { ...part.options?.["mysql"], length } } };
  });
  return { ...index, parts };
}

function respellTable(table: Table): Table {
  const unique = table.indexes.flatMap((index) => toConstraint(index, table) ?? []);
  return {
    ...table,
    constraints: [...table.constraints.map(respellConstraint), ...unique],
    indexes: table.indexes.flatMap((index) => (toConstraint(index, table) ? [] : respellIndex(index, table))),
  };
}

/** A schema as the server would give it back, as far as what is what and what has a name. */
export const respellSchema = (schema: Schema): Schema => ({ ...schema, tables: schema.tables.map(respellTable) });

import type { Column } from "./column.ts";
import type { Constraint } from "./constraint.ts";
import { findColumn, findParentTable, isPartition, type Table } from "./table.ts";
import type { TableIndex } from "./table-index.ts";

/** What an engine calls the index that a partition gets for one of its table. Longer names are cut, which nobody foresees here. */
function nameForPart(table: string, words: readonly (string | undefined)[], ending: string): string {
  const own = table.slice(table.lastIndexOf(".") + 1);
  return [own, ...words.map((word) => word ?? "expr"), ending].join("_");
}

function listNames(table: Table, option: string): readonly string[] {
  return Object.values(table.options ?? {}).flatMap((own) => {
    const names = own[option];
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  });
}

/** A column of the whole table as one of a part that stands alone: numbers were given by the whole. */
function ownColumn(column: Column, part: Table): Column {
  const { autoIncrement = false, options, ...rest } = column;
  const nullable = column.nullable && !listNames(part, "notNull").includes(column.name);
  return { ...rest, nullable, ...(options && !autoIncrement && { options }) };
}

function ownConstraint(constraint: Constraint, part: string): Constraint {
  if (constraint.kind === "primaryKey") return { ...constraint, name: nameForPart(part, [], "pkey") };
  if (constraint.kind !== "unique") return constraint;
  return { ...constraint, name: nameForPart(part, constraint.columns, "key") };
}

function ownIndex(index: TableIndex, part: string): TableIndex {
  const columns = index.parts.map(({ column }) => column);
  return { ...index, name: nameForPart(part, columns, "idx") };
}

/**
 * A partition as it is when it leaves its table: with the columns, constraints and indexes that it has from there. Any other table as it is.
 *
 * @param tables where its parents are found
 */
export function standAlone(table: Table, tables: readonly Table[]): Table {
  const found = isPartition(table) ? findParentTable(table, tables) : undefined;
  if (!found) return table;
  const whole = standAlone(found, tables);
  const { name, columns, constraints, indexes } = table;
  return {
    ...table,
    columns: [
      ...whole.columns.map((column) => ownColumn(column, table)),
      ...columns.filter((column) => !findColumn(whole, column.name)),
    ],
    constraints: [...whole.constraints.map((one) => ownConstraint(one, name)), ...constraints],
    indexes: [...whole.indexes.map((one) => ownIndex(one, name)), ...indexes],
  };
}

/** A table as a partition lists what it has: without what the whole says. */
export function withoutWhole(table: Table, tables: readonly Table[]): Table {
  const empty: Table = { ...table, columns: [], constraints: [], indexes: [] };
  const whole = standAlone(empty, tables);
  if (whole === empty) return table;
  const names = new Set([...whole.constraints, ...whole.indexes].map(({ name }) => name));
  return {
    ...table,
    columns: table.columns.filter((column) => !findColumn(whole, column.name)),
    constraints: table.constraints.filter(({ name }) => !names.has(name)),
    indexes: table.indexes.filter(({ name }) => !names.has(name)),
  };
}

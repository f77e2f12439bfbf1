import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { standAlone, withoutWhole } from "../../schema/model/partition.ts";
import { isPartition, listParents, type Table } from "../../schema/model/table.ts";
import type { OperationMap } from "../operation.ts";
import { refuseTakenName, requireTable, setOrRemove, updateTable } from "./edit-schema.ts";
import { isSameData, isSameSet, showData } from "./same-data.ts";

/** Columns stand in an order; constraints and indexes do not. */
function isSameTable(a: Table, b: Table): boolean {
  const { constraints, indexes, ...rest } = a;
  const { constraints: otherConstraints, indexes: otherIndexes, ...otherRest } = b;
  return isSameData(rest, otherRest) && isSameSet(constraints, otherConstraints) && isSameSet(indexes, otherIndexes);
}

/** Adds a table after the others. */
export function applyCreateTable({ table }: OperationMap["createTable"], schema: Schema): Schema {
  refuseTakenName(schema, table.name);
  return { ...schema, tables: [...schema.tables, table] };
}

/** Takes a table away, and its triggers with it, as every engine does. */
export function applyDropTable({ table }: OperationMap["dropTable"], schema: Schema): Schema {
  const found = requireTable(schema, table.name);
  if (!isSameTable(found, table)) {
    throw operationErrors.definitionDiffers({
      object: `table "${table.name}"`,
      expected: showData(table),
      found: showData(found),
    });
  }
  return {
    ...schema,
    tables: schema.tables.filter(({ name }) => name !== table.name),
    triggers: schema.triggers.filter((trigger) => trigger.table !== table.name),
    objects: schema.objects.filter((object) => object.table !== table.name),
  };
}

function retarget(constraint: Constraint, from: string, to: string): Constraint {
  if (constraint.kind !== "foreignKey" || constraint.references.table !== from) return constraint;
  return { ...constraint, references: { ...constraint.references, table: to } };
}

/** Renames a table; foreign keys and triggers follow, the texts of views and triggers cannot. */
export function applyRenameTable({ from, to }: OperationMap["renameTable"], schema: Schema): Schema {
  requireTable(schema, from);
  refuseTakenName(schema, to);
  const rename = (table: Table): Table => ({
    ...table,
    name: table.name === from ? to : table.name,
    constraints: table.constraints.map((constraint) => retarget(constraint, from, to)),
  });
  return {
    ...schema,
    tables: schema.tables.map(rename),
    triggers: schema.triggers.map((trigger) => (trigger.table === from ? { ...trigger, table: to } : trigger)),
    sequences: schema.sequences.map((sequence) => {
      const { ownedBy } = sequence;
      return ownedBy?.table === from ? { ...sequence, ownedBy: { ...ownedBy, table: to } } : sequence;
    }),
    objects: schema.objects.map((object) => (object.table === from ? { ...object, table: to } : object)),
  };
}

function refuseOther(object: string, expected: unknown, found: unknown): void {
  if (isSameData(expected ?? null, found ?? null)) return;
  throw operationErrors.definitionDiffers({ object, expected: showData(expected), found: showData(found) });
}

/** Replaces the options of a table. */
export function applySetTableOptions(operation: OperationMap["setTableOptions"], schema: Schema): Schema {
  return updateTable(schema, operation.table, (table) => {
    refuseOther(`options of table "${table.name}"`, operation.from, table.options);
    const changed = setOrRemove<Table, "options">(table, "options", operation.to);
    const isSamePart = isSameData(listParents(table), listParents(changed));
    if (isSamePart || !(isPartition(table) || isPartition(changed))) return changed;
    const alone = { ...standAlone(table, schema.tables), options: changed.options ?? {} };
    const joined = withoutWhole(alone, schema.tables);
    return setOrRemove<Table, "options">(joined, "options", operation.to);
  });
}

/** Replaces the comment of a table. */
export function applySetTableComment(operation: OperationMap["setTableComment"], schema: Schema): Schema {
  return updateTable(schema, operation.table, (table) => {
    refuseOther(`comment of table "${table.name}"`, operation.from, table.comment);
    return setOrRemove<Table, "comment">(table, "comment", operation.to);
  });
}

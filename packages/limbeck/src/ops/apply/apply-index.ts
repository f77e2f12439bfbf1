import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import { listParents, type Table } from "../../schema/model/table.ts";
import type { OperationMap } from "../operation.ts";
import { requireColumn, updateTable } from "./edit-schema.ts";
import { isSameData, showData } from "./same-data.ts";

function requireIndex(table: Table, name: string): TableIndex {
  const index = table.indexes.find((one) => one.name === name);
  if (!index) {
    const indexes = table.indexes.map((one) => one.name);
    throw operationErrors.indexNotFound({ table: table.name, index: name, indexes });
  }
  return index;
}

function refuseTakenIndex(table: Table, name: string): void {
  if (table.indexes.some((index) => index.name === name)) {
    throw operationErrors.alreadyExists({ object: `index "${name}"`, table: table.name });
  }
}

/** Adds an index after the others. */
export function applyCreateIndex({ table, index }: OperationMap["createIndex"], schema: Schema): Schema {
  return updateTable(schema, table, (found) => {
    refuseTakenIndex(found, index.name);
    // A table may have columns that it does not name itself.
    const isWhole = listParents(found).length === 0;
    for (const { column } of index.parts) if (column !== undefined && isWhole) requireColumn(found, column);
    return { ...found, indexes: [...found.indexes, index] };
  });
}

/** Takes an index away. */
export function applyDropIndex({ table, index }: OperationMap["dropIndex"], schema: Schema): Schema {
  return updateTable(schema, table, (found) => {
    const present = requireIndex(found, index.name);
    if (!isSameData(present, index)) {
      throw operationErrors.definitionDiffers({
        object: `index "${index.name}" of table "${table}"`,
        expected: showData(index),
        found: showData(present),
      });
    }
    return { ...found, indexes: found.indexes.filter(({ name }) => name !== index.name) };
  });
}

/** Gives an index another name. */
export function applyRenameIndex({ table, from, to }: OperationMap["renameIndex"], schema: Schema): Schema {
  return updateTable(schema, table, (found) => {
    requireIndex(found, from);
    refuseTakenIndex(found, to);
    return { ...found, indexes: found.indexes.map((index) => (index.name === from ? { ...index, name: to } : index)) };
  });
}

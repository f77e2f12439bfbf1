import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { findPrimaryKey, type Table } from "../../schema/model/table.ts";
import type { OperationMap } from "../operation.ts";
import { requireColumn, updateTable } from "./edit-schema.ts";
import { isSameData, showData } from "./same-data.ts";

function refuseTakenConstraint(table: Table, wanted: Constraint): void {
  if (wanted.kind === "primaryKey" && findPrimaryKey(table)) {
    throw operationErrors.alreadyExists({ object: "primary key", table: table.name });
  }
  // Without names, a table may have the same one twice, and the way back to such a table has to be open.
  if (wanted.name !== undefined && table.constraints.some(({ name }) => name === wanted.name)) {
    throw operationErrors.alreadyExists({ object: `constraint "${wanted.name}"`, table: table.name });
  }
}

/** Adds a constraint after the others. */
export function applyAddConstraint({ table, constraint }: OperationMap["addConstraint"], schema: Schema): Schema {
  return updateTable(schema, table, (found) => {
    refuseTakenConstraint(found, constraint);
    if (constraint.kind !== "check") for (const column of constraint.columns) requireColumn(found, column);
    return { ...found, constraints: [...found.constraints, constraint] };
  });
}

/** Takes a constraint away; it is found by its whole definition, because it need not have a name. */
export function applyDropConstraint({ table, constraint }: OperationMap["dropConstraint"], schema: Schema): Schema {
  return updateTable(schema, table, (found) => {
    const position = found.constraints.findIndex((one) => isSameData(one, constraint));
    if (position >= 0) return { ...found, constraints: found.constraints.toSpliced(position, 1) };
    const namesake =
      constraint.name === undefined ? undefined : found.constraints.find(({ name }) => name === constraint.name);
    if (namesake) {
      throw operationErrors.definitionDiffers({
        object: `constraint "${namesake.name}" of table "${table}"`,
        expected: showData(constraint),
        found: showData(namesake),
      });
    }
    throw operationErrors.constraintNotFound({
      table,
      constraint: constraint.name ?? showData(constraint),
      constraints: found.constraints.flatMap(({ name }) => name ?? []),
    });
  });
}

import { isDeepStrictEqual } from "node:util";
import type { Column } from "../../schema/model/column.ts";
import { findColumn, type Table } from "../../schema/model/table.ts";
import type { Operation } from "../operation.ts";

/** A column with what a change does to it, in the spelling of the column. */
function carryOver(column: Column, from: Column, to: Column): Column {
  const [old, fresh, found] = [from, to, column].map((one) => new Map(Object.entries(one)));
  const keys = new Set([...(fresh?.keys() ?? []), ...(found?.keys() ?? [])]);
  const entries = [...keys].flatMap((key): readonly (readonly [string, unknown])[] => {
    const isKept = isDeepStrictEqual(old?.get(key), fresh?.get(key));
    const value: unknown = (isKept ? found : fresh)?.get(key);
    return value === undefined ? [] : [[key, value]];
  });
  // Each entry is one of the three columns.
  return Object.fromEntries(entries) as unknown as Column;
}

/**
 * An operation that says what it meets as a table itself says it: what was recorded on a database is in the engine's spelling, and may lack what the engine does not keep.
 */
export function adaptOperation(operation: Operation, table: Table): Operation {
  switch (operation.kind) {
    case "dropColumn":
      return { ...operation, column: findColumn(table, operation.column.name) ?? operation.column };
    case "alterColumn": {
      const column = findColumn(table, operation.from.name);
      return column ? { ...operation, from: column, to: carryOver(column, operation.from, operation.to) } : operation;
    }
    case "dropConstraint": {
      const { name } = operation.constraint;
      const found = table.constraints.find((constraint) => constraint.name === name);
      return name === undefined || !found ? operation : { ...operation, constraint: found };
    }
    case "dropIndex":
      return {
        ...operation,
        index: table.indexes.find(({ name }) => name === operation.index.name) ?? operation.index,
      };
    case "setTableOptions":
      return { ...operation, from: table.options ?? null };
    case "setTableComment":
      return { ...operation, from: table.comment ?? null };
    default:
      return operation;
  }
}

import type { Row } from "../../dialect/connection.ts";
import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { SqlValue } from "../../ops/operation.ts";
import type { Column } from "../../schema/model/column.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";

/** Texts of these types are ordered and compared as what they are. */
const TEXTS: ReadonlySet<ColumnType["kind"]> = new Set(["text", "varchar", "char", "uuid"]);

/** Whether a value comes back to the database as exactly what it was there: a time in milliseconds is not one in microseconds. */
function isExact(value: SqlValue | undefined, { type }: Column): boolean {
  if (typeof value === "bigint") return true;
  if (typeof value === "number") return Number.isSafeInteger(value);
  return typeof value === "string" && TEXTS.has(type.kind);
}

/**
 * The key of a row that was read.
 *
 * @throws OperationError when its values cannot be kept exactly
 */
export function readKey(row: Row, key: readonly Column[], table: string): readonly SqlValue[] {
  return key.map((column) => {
    const value = row[column.name];
    if (value !== undefined && isExact(value, column)) return value;
    const problem = `"${column.name}" is of a type whose values cannot be kept exactly; whole numbers, texts and uuids can`;
    throw operationErrors.backfillKey({ table, key: key.map(({ name }) => name), problem });
  });
}

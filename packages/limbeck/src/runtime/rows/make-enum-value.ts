import { findLastName } from "../../ops/expression/last-name.ts";
import type { SqlValue } from "../../ops/operation.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";
import type { EnumType } from "../../schema/model/enum-type.ts";

const LIST = /\[\d*\]$/;

/**
 * A value of a column whose type is an enum, or a list of one; undefined for any other column.
 *
 * @param serial another number gives another value, as long as there are some
 */
export function makeEnumValue(type: ColumnType, enums: readonly EnumType[], serial: number): SqlValue | undefined {
  if (type.kind !== "raw") return undefined;
  const name = findLastName(type.sql.replace(LIST, ""));
  const values = enums.find((one) => findLastName(one.name) === name)?.values ?? [];
  const value = values[serial % values.length];
  return value !== undefined && LIST.test(type.sql) ? [value] : value;
}

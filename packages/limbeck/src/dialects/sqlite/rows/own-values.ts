import type { RowRules } from "../../../dialect/row-rules.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";

/** What a column without a type holds side by side. https://www.sqlite.org/datatype3.html#storage_classes_and_datatypes */
const KINDS: readonly ColumnType[] = [{ kind: "text" }, { kind: "integer" }, { kind: "double" }, { kind: "bytes" }];

/** Values of all kinds for columns that keep every value as it is; another kind comes first for the next row. */
export const listOwnValues: RowRules["listOwnValues"] = (type, { serial, make }) => {
  if (type.kind !== "raw" || !/^(?:|ANY)$/i.test(type.sql.trim())) return undefined;
  const first = serial % KINDS.length;
  return [...KINDS.slice(first), ...KINDS.slice(0, first)].flatMap(make);
};

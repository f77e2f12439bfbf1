import { dispatchColumnType, type ColumnType, type ColumnTypeTable } from "../../schema/model/column-type.ts";

const plain = ({ kind }: ColumnType): string => kind;

const WORDS: ColumnTypeTable<string> = {
  text: plain,
  varchar: ({ length }) => `varchar(${length})`,
  char: ({ length }) => `char(${length})`,
  smallint: plain,
  integer: plain,
  bigint: plain,
  real: plain,
  double: plain,
  decimal: ({ precision, scale }) => `decimal(${precision},${scale})`,
  boolean: plain,
  date: plain,
  time: plain,
  timestamp: ({ timezone }) => (timezone ? "timestamp with time zone" : "timestamp"),
  json: plain,
  uuid: plain,
  bytes: plain,
  raw: ({ sql }) => (sql === "" ? "no type" : sql),
};

/** A column's type for people, whatever the engine calls it. */
export function describeType(type: ColumnType): string {
  return dispatchColumnType(WORDS, type);
}

import { describe, expect, it } from "vitest";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import { parseBareDefault, parseDefault } from "./parse-default.ts";

const INTEGER: ColumnType = { kind: "integer" };
const TEXT: ColumnType = { kind: "text" };
const raw = (sql: string): ColumnType => ({ kind: "raw", sql });

describe("parseDefault, of MariaDB's catalogue", () => {
  it.each([
    ["NULL", TEXT, undefined],
    [String.raw`'it\'s \\ \n'`, TEXT, { kind: "value", value: "it's \\ \n" }],
    ["'NULL'", TEXT, { kind: "value", value: "NULL" }],
    ["5", INTEGER, { kind: "value", value: 5 }],
    ["(1 + 2)", INTEGER, { kind: "expression", sql: "1 + 2" }],
    ["1", { kind: "boolean" }, { kind: "value", value: true }],
    ["2", { kind: "boolean" }, { kind: "value", value: 2 }],
    ["1.50", { kind: "decimal", precision: 5, scale: 2 }, { kind: "value", value: "1.50" }],
    ["9007199254740993", { kind: "bigint" }, { kind: "value", value: "9007199254740993" }],
    ["18446744073709551615", raw("bigint(20) unsigned"), { kind: "expression", sql: "18446744073709551615" }],
    [`'{"a":1}'`, { kind: "json" }, { kind: "value", value: { a: 1 } }],
    [`'{"a": 1}'`, { kind: "json" }, { kind: "expression", sql: `'{"a": 1}'` }],
    ["current_timestamp(6)", { kind: "timestamp", timezone: true }, { kind: "now" }],
    [
      "current_timestamp(6)",
      { kind: "timestamp", timezone: false },
      { kind: "expression", sql: "current_timestamp(6)" },
    ],
    ["utc_timestamp(6)", { kind: "timestamp", timezone: false }, { kind: "now" }],
    ["current_timestamp(3)", raw("datetime(3)"), { kind: "now" }],
    ["b'101'", raw("bit(3)"), { kind: "expression", sql: "b'101'" }],
  ] satisfies readonly (readonly [string, ColumnType, unknown])[])("reads %s", (sql, type, expected) => {
    expect(parseDefault(sql, type)).toEqual(expected);
  });
});

describe("parseBareDefault, of MySQL's catalogue as its manual describes it", () => {
  it.each([
    ["it's", TEXT, false, { kind: "value", value: "it's" }],
    ["5", INTEGER, false, { kind: "value", value: 5 }],
    ["5", { kind: "varchar", length: 3 }, false, { kind: "value", value: "5" }],
    ["CURRENT_TIMESTAMP(6)", { kind: "timestamp", timezone: true }, true, { kind: "now" }],
    ["uuid()", { kind: "char", length: 36 }, true, { kind: "expression", sql: "uuid()" }],
  ] satisfies readonly (readonly [string, ColumnType, boolean, unknown])[])(
    "reads %s",
    (sql, type, isExpression, expected) => {
      expect(parseBareDefault(sql, type, isExpression)).toEqual(expected);
    },
  );
});

import { describe, expect, it } from "vitest";
import type { ColumnType } from "../../schema/model/column-type.ts";
import { describeNarrowing } from "./describe-narrowing.ts";

const TEXT: ColumnType = { kind: "text" };
const MOMENT: ColumnType = { kind: "timestamp", timezone: true };
const BYTES: ColumnType = { kind: "bytes" };
const ANY: ColumnType = { kind: "raw", sql: "" };
const KINDS = "which values are numbers, text or bytes";
const ZEROS = "how numbers are written (leading zeros, for example)";

describe("what a change of type loses on SQLite", () => {
  it.each<readonly [ColumnType, ColumnType]>([
    [TEXT, { kind: "varchar", length: 10 }],
    [
      { kind: "varchar", length: 20 },
      { kind: "varchar", length: 10 },
    ],
    [{ kind: "bigint" }, { kind: "smallint" }],
    [{ kind: "double" }, { kind: "integer" }],
    [
      { kind: "decimal", precision: 10, scale: 2 },
      { kind: "decimal", precision: 4, scale: 0 },
    ],
    [MOMENT, { kind: "timestamp", timezone: false }],
    [MOMENT, TEXT],
    [TEXT, { kind: "date" }],
    [TEXT, BYTES],
    [{ kind: "integer" }, BYTES],
    [BYTES, ANY],
    [ANY, { kind: "date" }],
    [TEXT, { kind: "raw", sql: "DATETIME" }],
  ])("from %j to %j: nothing, because what does not fit is kept or refused", (from, to) => {
    expect(describeNarrowing(from, to)).toBeUndefined();
  });

  it.each<readonly [ColumnType, ColumnType, string]>([
    [MOMENT, { kind: "date" }, "the time of day"],
    [MOMENT, { kind: "time" }, "the date and digits beyond milliseconds"],
    [TEXT, { kind: "integer" }, ZEROS],
    [{ kind: "varchar", length: 5 }, { kind: "decimal", precision: 10, scale: 2 }, ZEROS],
    [{ kind: "raw", sql: "CLOB" }, { kind: "double" }, ZEROS],
    [{ kind: "json" }, { kind: "integer" }, ZEROS],
    [BYTES, { kind: "smallint" }, `${ZEROS} and ${KINDS}`],
    [BYTES, TEXT, KINDS],
    [BYTES, { kind: "date" }, KINDS],
    [ANY, TEXT, KINDS],
    [ANY, BYTES, KINDS],
    [{ kind: "raw", sql: "NUMERIC" }, BYTES, KINDS],
  ])("from %j to %j: %s", (from, to, expected) => {
    expect(describeNarrowing(from, to)).toBe(expected);
  });
});

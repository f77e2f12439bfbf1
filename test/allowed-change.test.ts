import { expect, it } from "vitest";
import { isAllowedChange, isRestOfMoment, isSameContent } from "../tools/cases/sqlite/allowed-change.ts";

it.each([
  ["'007'", "7", ["TEXT", "NUMERIC"], false],
  ["'12345678901234567890'", "1.2345678901234567e+19", ["TEXT", "NUMERIC"], false],
  ["'7'", "7", ["TEXT", "INTEGER"], true],
  ["7", "7.0", ["INTEGER", "REAL"], true],
  ["7", "'7'", ["INTEGER", "TEXT"], true],
  ["X'616263'", "'abc'", ["BLOB", "TEXT"], true],
  ["X'616263'", "'扡'", ["BLOB", "TEXT"], false],
  ["7", "X'37'", ["INTEGER", "BLOB"], true],
  ["7", "X'07'", ["INTEGER", "BLOB"], false],
  ["X'3037'", "7", ["BLOB", "INTEGER"], false],
  ["'abc'", "NULL", ["TEXT", "INTEGER"], false],
  ["'2026-01-02'", "'2026-01-02T00:00:00.000Z'", ["DATE", "TIMESTAMP"], true],
  ["'2026-01-02T10:00:00.000Z'", "'2026-01-03'", ["TIMESTAMP", "DATE"], false],
  ["'2026-01-02T10:00:00.000Z'", "'2026-01-02'", ["TIMESTAMP", "DATE"], false],
  ["'abc'", "X'616263'", ["TEXT", "TEXT"], false],
  ["'10:00:00'", "'10:00:01'", ["TEXT", "TEXT"], false],
] as const)("the judge of conversions knows whether %s may become %s from %s", (before, after, types, isAllowed) => {
  expect(isAllowedChange(before, after, types)).toBe(isAllowed);
});

it.each([
  ["'007'", "7", true],
  ["1.0", "X'31'", true],
  ["'abc'", "X'616263'", true],
  ["'abc'", "'abd'", false],
  ["'1e1'", "10", false],
  ["''", "NULL", false],
  ["'9007199254740993'", "9007199254740992", false],
  ["'01.50'", "1.5", true],
  ["-0.5", "0.5", false],
] as const)("the judge knows whether %s says the same as %s", (before, after, isSame) => {
  expect(isSameContent(before, after)).toBe(isSame);
});

it.each([
  ["'2026-01-02T10:00:00.000Z'", "'2026-01-02'", ["TIMESTAMP", "DATE"], true],
  ["'2026-01-02T10:00:00.000Z'", "'2026-01-02T00:00:00.000Z'", ["TIMESTAMP", "DATE"], true],
  ["'2026-01-02T10:00:00.000Z'", "'10:00:00.000'", ["TIMESTAMP", "TIME"], true],
  ["'2026-01-02T10:00:00.000Z'", "'2026-01-03'", ["TIMESTAMP", "DATE"], false],
  ["'2026-01-02T10:00:00.000Z'", "'11:00:00.000'", ["TIMESTAMP", "TIME"], false],
  ["'abc'", "'abd'", ["TEXT", "INTEGER"], false],
] as const)(
  "the judge knows whether of %s the part that has a place is in %s, from %s",
  (before, after, types, isRest) => {
    expect(isRestOfMoment(before, after, types)).toBe(isRest);
  },
);

import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { encodeValue } from "./codec.ts";
import { findNowExpression } from "./now.ts";

describe("findNowExpression", () => {
  const database = new DatabaseSync(":memory:");
  const read = (sql: string | undefined): unknown => database.prepare(`SELECT ${sql} AS now`).get()?.["now"];

  it.each([
    { kind: "timestamp", timezone: true },
    { kind: "timestamp", timezone: false },
    { kind: "text" },
    { kind: "raw", sql: "DATETIME" },
  ] as const)("gives the clock in UTC as a bound Date is written, so that both sort: %o", (type) => {
    const before = Date.now();
    const text = String(read(findNowExpression(type)));
    expect(text).toBe(encodeValue(new Date(text)));
    expect(Date.parse(text)).toBeGreaterThanOrEqual(before - 1);
    expect(Date.parse(text)).toBeLessThanOrEqual(Date.now() + 1);
  });

  it("gives the forms of SQLite's own functions for a date and a time", () => {
    expect(read(findNowExpression({ kind: "date" }))).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(read(findNowExpression({ kind: "time" }))).toMatch(/^\d\d:\d\d:\d\d$/);
  });

  it("has none for types that cannot hold the clock", () => {
    expect(findNowExpression({ kind: "integer" })).toBeUndefined();
    expect(findNowExpression({ kind: "bytes" })).toBeUndefined();
  });
});

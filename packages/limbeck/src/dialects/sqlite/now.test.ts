import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { findNowExpression } from "./now.ts";

describe("findNowExpression", () => {
  const database = new DatabaseSync(":memory:");
  const read = (sql: string | undefined): unknown => database.prepare(`SELECT ${sql} AS now`).get()?.["now"];

  it("gives the clock in UTC, as a Date writes it, where there is a time zone", () => {
    const before = Date.now();
    const text = String(read(findNowExpression({ kind: "timestamp", timezone: true })));
    expect(text).toBe(new Date(text).toISOString());
    expect(Date.parse(text)).toBeGreaterThanOrEqual(before - 1);
    expect(Date.parse(text)).toBeLessThanOrEqual(Date.now() + 1);
    expect(findNowExpression({ kind: "text" })).toBe(findNowExpression({ kind: "timestamp", timezone: true }));
  });

  it("gives the forms of SQLite's own functions elsewhere", () => {
    expect(read(findNowExpression({ kind: "timestamp", timezone: false }))).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/,
    );
    expect(read(findNowExpression({ kind: "date" }))).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(read(findNowExpression({ kind: "time" }))).toMatch(/^\d\d:\d\d:\d\d$/);
  });

  it("has none for types that cannot hold the clock", () => {
    expect(findNowExpression({ kind: "integer" })).toBeUndefined();
    expect(findNowExpression({ kind: "bytes" })).toBeUndefined();
  });
});

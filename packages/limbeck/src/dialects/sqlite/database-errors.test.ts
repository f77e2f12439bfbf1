import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { describeDatabaseError, findResultCode } from "./database-errors.ts";

function fail(...statements: readonly string[]): unknown {
  const database = new DatabaseSync(":memory:");
  try {
    for (const statement of statements) database.exec(statement);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("describeDatabaseError", () => {
  it("gives the engine's words with the extended result code", () => {
    const error = fail("CREATE TABLE t (a UNIQUE)", "INSERT INTO t VALUES (1), (1)");
    expect(describeDatabaseError(error)).toBe("UNIQUE constraint failed: t.a (SQLite error 2067)");
    expect(findResultCode(error)).toBe(19);
  });

  it("keeps to one line", () => {
    expect(describeDatabaseError(fail('SELECT "a\n  b"'))).toMatch(/^no such column: "?a b"?.* \(SQLite error 1\)$/);
  });

  it("knows a code by its number or by its name, whichever the driver gives", () => {
    const withNumber = Object.assign(new Error("locked"), { code: "SQLITE_BUSY", rawCode: 517 });
    expect(describeDatabaseError(withNumber)).toBe("locked (SQLite error 517)");
    expect(findResultCode(withNumber)).toBe(5);
    const withName = Object.assign(new Error("locked"), { code: "SQLITE_BUSY_SNAPSHOT" });
    expect(describeDatabaseError(withName)).toBe("locked (SQLite error SQLITE_BUSY_SNAPSHOT)");
    expect(findResultCode(withName)).toBe(5);
    expect(findResultCode(Object.assign(new Error(), { code: "SQLITE_NOTADB" }))).toBe(26);
    expect(findResultCode(Object.assign(new Error(), { code: "SQLITE_CONSTRAINT" }))).toBe(19);
    expect(findResultCode(Object.assign(new Error(), { code: "SQLITE_MISUSE" }))).toBeUndefined();
    expect(findResultCode(Object.assign(new Error(), { code: "ENOENT" }))).toBeUndefined();
  });

  it("takes other errors as they are", () => {
    expect(describeDatabaseError(new Error("disk\ngone"))).toBe("disk gone");
    expect(describeDatabaseError("text")).toBe("text");
    expect(findResultCode(new Error("x"))).toBeUndefined();
    expect(findResultCode(null)).toBeUndefined();
  });
});

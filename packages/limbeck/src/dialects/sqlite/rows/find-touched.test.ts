import { describe, expect, it } from "vitest";
import { openScratch } from "../driver/open-scratch.ts";
import { introspect } from "../introspect/introspect.ts";
import { splitStatements } from "../parse/split-statements.ts";
import { findTouched } from "./find-touched.ts";

async function touched(script: string, ...statements: readonly string[]): Promise<readonly string[] | undefined> {
  const connection = await openScratch();
  for (const { sql } of splitStatements(script)) await connection.execute(sql);
  const { schema } = await introspect(connection);
  await connection.close();
  const found = findTouched(statements, schema);
  return found && [...found].toSorted();
}

const THREE = "CREATE TABLE todos (a); CREATE TABLE lists (a); CREATE TABLE users (a)";

describe("findTouched", () => {
  it("finds what statements name, however they spell it", async () => {
    expect(await touched(THREE, 'DROP TABLE "Todos"', "UPDATE LISTS SET a = 1")).toEqual(["lists", "todos"]);
    expect(await touched(THREE, "SELECT * FROM users")).toEqual([]);
    expect(await touched(THREE, "WITH t AS (SELECT 1) INSERT INTO users SELECT * FROM t")).toEqual(["users"]);
  });

  it("follows triggers, those of views too, and foreign keys", async () => {
    const script = `${THREE}; CREATE TABLE logs (a); CREATE TABLE notes (a REFERENCES logs); CREATE VIEW v AS SELECT 1 AS a;
      CREATE TRIGGER t1 INSTEAD OF INSERT ON v BEGIN DELETE FROM todos; END;
      CREATE TRIGGER t2 AFTER DELETE ON todos BEGIN INSERT INTO logs VALUES (1); END`;
    expect(await touched(script, "INSERT INTO v VALUES (1)")).toEqual(["logs", "notes", "todos", "v"]);
    expect(await touched(script, "DELETE FROM users")).toEqual(["users"]);
  });

  it("counts in names that are written otherwise than they are", async () => {
    expect(await touched(`${THREE}; CREATE TABLE "a""b" (a)`, "DELETE FROM users")).toEqual(['a"b', "users"]);
  });

  it("knows nothing when the catalogue itself may be written", async () => {
    expect(await touched(THREE, "PRAGMA writable_schema=ON", "UPDATE sqlite_schema SET sql = ''")).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import { sqlite } from "../../dialects/sqlite/index.ts";
import { compareStops, findReordered, type TrialStop } from "./trial-stop.ts";

async function look(script: string): Promise<Pick<TrialStop, "schema" | "fingerprint">> {
  const connection = await sqlite.openScratch();
  for (const { sql } of sqlite.splitScript(script)) await connection.execute(sql);
  const { schema } = await sqlite.introspect(connection);
  const fingerprint = await sqlite.takeFingerprint(connection);
  await connection.close();
  return { schema, fingerprint };
}

describe("compareStops", () => {
  it("finds nothing between databases that hold the same in other words", async () => {
    const a = await look("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT UNIQUE)");
    const b = await look(`create table "t" ("a" integer primary key, "b" text, unique ("b"))`);
    expect(compareStops(a, b, sqlite)).toEqual([]);
  });

  it("says in the words of operations what would have to change", async () => {
    const found = await look("CREATE TABLE t (a); CREATE INDEX i ON t (a)");
    const expected = await look("CREATE TABLE t (a, b)");
    expect(compareStops(found, expected, sqlite)).toEqual(["drop index i from t; add column b to t"]);
  });

  it("says what only the engine's catalogue tells", async () => {
    const { schema, fingerprint } = await look("CREATE TABLE t (a)");
    const found = { schema, fingerprint: [...fingerprint, "table t: something new", "column t.a"] };
    expect(compareStops(found, { schema, fingerprint }, sqlite)).toEqual([
      "too much: table t: something new",
      // What is there twice is there once too often.
      "too much: column t.a",
    ]);
    expect(compareStops({ schema, fingerprint }, found, sqlite)).toEqual([
      "missing: table t: something new",
      "missing: column t.a",
    ]);
  });

  it("does not mind the order of columns, which is told apart", async () => {
    const a = await look("CREATE TABLE t (a, b); CREATE TABLE u (a)");
    const b = await look("CREATE TABLE t (b, a); CREATE TABLE u (a)");
    expect(compareStops(a, b, sqlite)).toEqual([]);
    expect(findReordered(a, b)).toEqual(["t"]);
  });
});

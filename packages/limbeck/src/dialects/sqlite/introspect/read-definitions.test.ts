import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Connection } from "../../../dialect/connection.ts";
import { connect } from "../driver/connect.ts";
import { readDefinitions } from "./read-definitions.ts";

let database: DatabaseSync;
let connection: Connection;

beforeEach(async () => {
  database = new DatabaseSync(":memory:");
  connection = await connect(database);
});

afterEach(() => database.close());

it("gives the text of everything, an index with its table", async () => {
  database.exec(
    "CREATE TABLE t (id INTEGER PRIMARY KEY, n UNIQUE); CREATE INDEX i ON t (n); CREATE VIEW v AS SELECT 1",
  );
  database.exec("CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END; ANALYZE");
  expect(await readDefinitions(connection)).toEqual([
    { words: "table t", owner: "t", text: "CREATE INDEX i ON t (n)" },
    { words: "table t", owner: "t", text: "CREATE TABLE t (id INTEGER PRIMARY KEY, n UNIQUE)" },
    { words: "trigger r of t", owner: "t", text: "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END" },
    { words: "view v", owner: "v", text: "CREATE VIEW v AS SELECT 1" },
  ]);
});

it("keeps its text through a change of a table", async () => {
  database.exec("CREATE TABLE t (id); ALTER TABLE t ADD COLUMN n; ALTER TABLE t RENAME TO u");
  expect(await readDefinitions(connection)).toEqual([
    { words: "table u", owner: "u", text: 'CREATE TABLE "u" (id, n)' },
  ]);
});

it("leaves out virtual tables and what they keep their data in", async () => {
  database.exec("CREATE VIRTUAL TABLE f USING fts5(x); CREATE TABLE t (id)");
  expect((await readDefinitions(connection)).map(({ words }) => words)).toEqual(["table t"]);
});

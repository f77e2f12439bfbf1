import { describe, expect, it } from "vitest";
import { diffSchema } from "../../diff/diff-schema.ts";
import type { Operation } from "../../ops/operation.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { sqliteDiffRules } from "./diff-rules.ts";
import { parseCreateTable } from "./parse/parse-create-table.ts";

const schemaOf = (sql: string): Schema => ({ tables: [parseCreateTable(sql)], views: [], triggers: [] });

const diff = (from: string, to: string): readonly Operation[] =>
  diffSchema(schemaOf(from), schemaOf(to), sqliteDiffRules);

describe("the comparison of SQLite schemas", () => {
  it("sees no difference in a NOT NULL at the rowid, so that no other tool's database is rebuilt for it", () => {
    const said = "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a TEXT)";
    const silent = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)";
    expect(diff(said, silent)).toEqual([]);
    expect(diff(silent, said)).toEqual([]);
  });

  it("sees every other option of a column", () => {
    const plain = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL)";
    const other = "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a TEXT NOT NULL ON CONFLICT IGNORE)";
    expect(diff(plain, other)).toMatchObject([{ kind: "alterColumn", to: { name: "a" } }]);
  });

  it("reads types and names without regard to case", () => {
    expect(diff("CREATE TABLE T (A datetime)", 'CREATE TABLE t ("a" DATETIME)')).toEqual([]);
  });
});

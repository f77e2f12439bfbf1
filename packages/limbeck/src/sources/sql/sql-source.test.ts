import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Introspection } from "../../dialect/dialect.ts";
import { sqlite } from "../../dialects/sqlite/index.ts";
import { createSqlSource } from "./sql-source.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-sql-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function read(path: string): Promise<Introspection> {
  const scratch = await sqlite.openScratch();
  try {
    await createSqlSource(path).build(scratch, sqlite);
    return await sqlite.introspect(scratch);
  } finally {
    await scratch.close();
  }
}

const readTableNames = async (path: string): Promise<readonly string[]> =>
  (await read(path)).schema.tables.map(({ name }) => name);

describe("SQL as the source of a schema", () => {
  it("reads past the byte order mark that some editors write", async () => {
    expect(await readTableNames(write("schema.sql", "\uFEFFCREATE TABLE t (a);"))).toEqual(["t"]);
  });

  it("is what the engine makes of its statements, one after the other", async () => {
    const path = write(
      "schema.sql",
      `CREATE TABLE lists (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL); -- no; end
       ALTER TABLE lists ADD COLUMN note TEXT;
       CREATE TABLE gone (a); DROP TABLE gone;
       CREATE TRIGGER guard BEFORE DELETE ON lists BEGIN SELECT 1; SELECT 2; END;
       CREATE VIEW names AS SELECT name FROM lists;`,
    );
    const { schema } = await read(path);
    expect(schema.tables).toMatchObject([
      {
        name: "lists",
        columns: [
          { name: "id", autoIncrement: true },
          { name: "name", nullable: false },
          { name: "note", nullable: true },
        ],
      },
    ]);
    expect(schema.triggers).toMatchObject([{ name: "guard", table: "lists" }]);
    expect(schema.views).toMatchObject([{ name: "names", definition: "SELECT name FROM lists" }]);
  });

  it("takes the .sql files of a folder and those inside it in the order of their names, and nothing else there", async () => {
    write("schema/10-todos.sql", "CREATE TABLE todos AS SELECT * FROM lists;");
    write("schema/02-lists.SQL", "CREATE TABLE lists (id INTEGER)");
    write("schema/20-views/b.sql", "CREATE TABLE last AS SELECT * FROM inner_one");
    write("schema/20-views/a/one.sql", "CREATE TABLE inner_one AS SELECT * FROM todos");
    write("schema/README.md", "# no SQL");
    write("schema/.03-hidden.sql", "no SQL");
    write("schema/.git/hidden.sql", "no SQL");
    mkdirSync(join(folder, "schema", "folder.sql"));
    symlinkSync("..", join(folder, "schema", "20-views", "around"));
    expect(await readTableNames(join(folder, "schema"))).toEqual(["inner_one", "last", "lists", "todos"]);
  });

  it.each(["fts4(a)", "fts5(a)", "rtree(id, x, y)"])(
    "takes what the client writes with .schema for a virtual table: %s",
    async (module) => {
      const database = new DatabaseSync(":memory:");
      database.exec(`CREATE VIRTUAL TABLE box USING ${module}; CREATE TABLE a (b)`);
      const rows = database.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").all();
      database.close();
      // The client adds IF NOT EXISTS where a name stands in quotation marks.
      const dump = rows.map(
        ({ sql }) => `${String(sql).replace(/^CREATE TABLE (['"])/, "CREATE TABLE IF NOT EXISTS $1")};`,
      );
      const { schema, unmanaged } = await read(write("schema.sql", dump.join("\n")));
      expect(schema.tables.map(({ name }) => name)).toEqual(["a"]);
      expect(unmanaged).toContainEqual(expect.objectContaining({ kind: "virtual table", name: "box" }));
    },
  );

  it("says at which column a statement begins that shares its line with others", async () => {
    const path = write("schema.sql", "CREATE TABLE a (b);\nCREATE TABLE c (d); INSERT INTO a VALUES (1);\n");
    await expect(read(path)).rejects.toMatchObject({
      reason: "sqlNotSchema",
      title: `${path}:2:21: this statement creates no part of a schema.`,
    });
  });

  it("refuses a file that is not UTF-8, and names the line", async () => {
    const path = write("schema.sql", "");
    writeFileSync(path, Buffer.from("CREATE TABLE a (b);\n-- ok: \u00FC \uFFFD\nCREATE TABLE c (d DEFAULT 'x", "utf8"));
    appendFileSync(path, Buffer.from([0xfc, 0x27, 0x29, 0x3b]));
    await expect(read(path)).rejects.toMatchObject({ reason: "sqlNotText", context: { path, line: 3 } });
    writeFileSync(path, Buffer.from("\uFEFFCREATE TABLE a (b DEFAULT '\uFFFD');", "utf8"));
    expect(await readTableNames(path)).toEqual(["a"]);
    writeFileSync(path, Buffer.from("\uFEFFCREATE TABLE a (b);", "utf16le"));
    await expect(read(path)).rejects.toMatchObject({ reason: "sqlNotText", context: { line: 1 } });
  });

  it("takes what the client writes with .schema", async () => {
    const path = write(
      "schema.sql",
      "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);\nCREATE TABLE sqlite_sequence(name,seq);\nCREATE VIEW v AS SELECT id FROM a\n/* v(id) */;\n",
    );
    const { schema } = await read(path);
    expect(schema.tables.map(({ name }) => name)).toEqual(["a"]);
    expect(schema.views).toMatchObject([{ name: "v", definition: "SELECT id FROM a" }]);
  });

  it("names file, line and the engine's words when a statement does not run", async () => {
    write("schema/1.sql", "CREATE TABLE a (id INTEGER);\n");
    const path = write("schema/2.sql", "-- the second file\n\nCREATE INDEX i\n  ON b (id);\n");
    await expect(read(join(folder, "schema"))).rejects.toMatchObject({
      name: "SourceError",
      reason: "sqlBroken",
      title: `${path}:3: no such table: main.b (SQLite error 1)`,
      context: { location: { path, line: 3, text: "CREATE INDEX i" } },
    });
  });

  it("names the line in which something was opened and not closed", async () => {
    const path = write("schema.sql", "CREATE TABLE a (id INTEGER);\nCREATE TABLE b (c TEXT DEFAULT 'x);\n");
    await expect(read(path)).rejects.toMatchObject({ reason: "sqlBroken", context: { location: { path, line: 2 } } });
  });

  it.each([
    "INSERT INTO a VALUES (1)",
    "PRAGMA user_version = 3",
    "BEGIN",
    "CREATE TEMP TABLE b (c)",
    "CREATE TABLE temp.b (c)",
  ])("refuses what creates no part of a schema, and runs nothing: %s", async (sql) => {
    const path = write("schema.sql", `CREATE TABLE a (id INTEGER);\n${sql};\n`);
    const scratch = await sqlite.openScratch();
    await expect(createSqlSource(path).build(scratch, sqlite)).rejects.toMatchObject({
      reason: "sqlNotSchema",
      context: { location: { path, line: 2, text: `${sql};` } },
    });
    expect((await sqlite.introspect(scratch)).schema.tables).toEqual([]);
    await scratch.close();
  });

  it("refuses what creates nothing, because that would mean to drop everything", async () => {
    const empty = write("empty.sql", "-- later\n");
    await expect(read(empty)).rejects.toMatchObject({ reason: "noSql", context: { path: empty } });
    mkdirSync(join(folder, "schema"));
    await expect(read(join(folder, "schema"))).rejects.toMatchObject({ reason: "noSql" });
  });

  it("says which path is missing", async () => {
    const path = join(folder, "missing.sql");
    await expect(read(path)).rejects.toMatchObject({ reason: "sqlUnreadable", context: { path } });
  });
});

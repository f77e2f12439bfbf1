import { COUNT_BROKEN_REFERENCES } from "../support/count-broken-references.ts";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Statement } from "../../src/dialect/statement.ts";
import { OLDEST_VERSION } from "../../src/dialects/sqlite/capabilities.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { renderScriptStatement } from "../../src/dialects/sqlite/script.ts";
import { applyOperations } from "../../src/ops/apply/apply-operation.ts";
import { dispatchOperation, type Operation, type TableOperation } from "../../src/ops/operation.ts";
import type { Column } from "../../src/schema/model/column.ts";
import { openScratchDatabase } from "../support/scratch-database.ts";

const START = `
  CREATE TABLE todos (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT CHECK (title <> ''), done INTEGER DEFAULT 0, parent INTEGER REFERENCES todos);
  CREATE TABLE notes (id INTEGER PRIMARY KEY, todo INTEGER NOT NULL REFERENCES todos (id) ON DELETE CASCADE);
  CREATE INDEX ix ON todos (title) WHERE done = 0;
  CREATE VIEW open_todos AS SELECT id FROM todos WHERE done = 0;
  CREATE TRIGGER g AFTER UPDATE ON todos BEGIN SELECT 'a;b' /* ; */; END;
  INSERT INTO todos (title, parent) VALUES ('it''s; one', NULL), ('two', 1);
  INSERT INTO notes VALUES (1, 1), (2, 2);
`;

const title: Column = { name: "title", type: { kind: "text" }, nullable: true };

const CHANGES: readonly Operation[] = [
  {
    kind: "alterColumn",
    table: "todos",
    from: title,
    to: { ...title, nullable: false, type: { kind: "varchar", length: 99 } },
  },
  { kind: "addColumn", table: "todos", column: { name: "at", type: { kind: "date" }, nullable: true }, after: "id" },
  { kind: "addConstraint", table: "todos", constraint: { kind: "check", name: "ck", expression: "done IN (0, 1)" } },
  { kind: "renameColumn", table: "todos", from: "done", to: "is_done" },
  {
    kind: "bulkInsert",
    table: "todos",
    rows: [
      { title: "quote ' and ? and\nnewline", is_done: true, at: null },
      { title: "x".repeat(3), at: "2026-11-23" },
    ],
  },
  {
    kind: "execute",
    sql: "UPDATE todos SET title = ? WHERE title = ? -- ?",
    parameters: ["zwei ?", "two"],
    affects: [],
  },
];

const folder = mkdtempSync(join(tmpdir(), "limbeck-script-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The vendor's own client, fed through its standard input. */
function runClient(path: string, script: string) {
  const { status, stdout, stderr } = spawnSync("sqlite3", [path], { input: script, encoding: "utf8" });
  return { status, stdout, stderr };
}

const hasClient = spawnSync("sqlite3", ["--version"]).status === 0;

const render = (statements: readonly Statement[]): string => statements.map(renderScriptStatement).join("\n");

/** The script of operations in one transaction, for the oldest version. */
async function writeScript(operations: readonly Operation[]): Promise<string> {
  const database = await openScratchDatabase(START, OLDEST_VERSION);
  const { prologue, begin, commit, epilogue } = sqlite.transaction;
  const statements: Statement[] = [...prologue, begin];
  for (const operation of operations) statements.push(...(await database.run(operation)));
  return `${sqlite.scriptHeader}\n${render([...statements, commit, ...epilogue])}\n`;
}

async function readFile(path: string): Promise<unknown> {
  const connection = await sqlite.connect(`sqlite:${path}`);
  const { schema } = await sqlite.introspect(connection);
  const rows = ["todos", "notes", "sqlite_sequence"].map((name) => connection.query(`SELECT * FROM ${name}`));
  const answer = { schema, rows: await Promise.all(rows), broken: await connection.query("PRAGMA foreign_key_check") };
  await connection.close();
  return answer;
}

describe.skipIf(!hasClient && process.env["CI"] !== "true")("a script for the sqlite3 client", () => {
  it("leaves what the run itself leaves, also on the client's older engine", async () => {
    const path = join(folder, "same.db");
    runClient(path, START);
    const script = await writeScript(CHANGES);
    expect(runClient(path, script)).toEqual({ status: 0, stdout: "", stderr: "" });

    const database = await openScratchDatabase(START);
    for (const operation of CHANGES) await database.run(operation);
    expect(await readFile(path)).toEqual({
      schema: await database.introspect(),
      rows: [
        await database.connection.query("SELECT * FROM todos"),
        await database.connection.query("SELECT * FROM notes"),
        await database.connection.query("SELECT * FROM sqlite_sequence"),
      ],
      broken: [],
    });
  });

  it("stops at a guard with its message, and changes nothing", async () => {
    const path = join(folder, "guard.db");
    const script = await writeScript(CHANGES);
    runClient(path, `${START} INSERT INTO todos (title) VALUES (NULL);`);
    const before = await readFile(path);
    const { status, stderr } = runClient(path, script);
    expect(status).toBe(1);
    expect(stderr).toContain("some rows of todos have no title, so it cannot become NOT NULL; fill them in first");
    expect(await readFile(path)).toEqual(before);
  });

  it("stops at the first error of the engine, and changes nothing", async () => {
    const path = join(folder, "error.db");
    runClient(path, START);
    const before = await readFile(path);
    const script = await writeScript([
      { kind: "execute", sql: "DELETE FROM notes", affects: [] },
      { kind: "execute", sql: "SELECT 1", affects: [] },
    ]);
    const { status } = runClient(path, script.replace("SELECT 1", "SELECT nothing_like_that"));
    expect(status).toBe(1);
    expect(await readFile(path)).toEqual(before);
  });

  it("passes a guard that finds nothing", () => {
    const guard: Statement = { sql: "SELECT 1 WHERE ? = 2 -- no", parameters: [1], guard: 'a "quoted" message' };
    const script = `.bail on\n${renderScriptStatement(guard)}\n${renderScriptStatement(guard)}\nSELECT 'end';`;
    expect(runClient(":memory:", script)).toEqual({ status: 0, stdout: "end\n", stderr: "" });
  });

  it("writes bound values as the driver would store them", async () => {
    const values = [
      null,
      true,
      1,
      -0,
      1.5,
      2n ** 62n,
      "it's\n?",
      new Date(0),
      new Uint8Array([0, 255]),
      { a: [1] },
      "nul\0byte",
      "\r\n.exit\r\n",
      "\\r\r\n\r\0\n",
    ];
    const placeholders = values.map(() => "(?)").join(", ");
    const statement: Statement = { sql: `INSERT INTO t VALUES ${placeholders}`, parameters: values };
    const query = "SELECT group_concat(typeof(v) || ':' || hex(v), ' ') FROM t";
    const connection = await sqlite.openScratch();
    await connection.execute("CREATE TABLE t (v)");
    await connection.execute(statement.sql, statement.parameters);
    const [expected] = (await connection.query(query)).map((row) => Object.values(row)[0]);
    const { stdout } = runClient(":memory:", `CREATE TABLE t (v);\n${renderScriptStatement(statement)}\n${query};\n`);
    expect(stdout.trim()).toBe(expected);
  });
});

describe.skipIf(!hasClient && process.env["CI"] !== "true")("line ends of Windows in a script", () => {
  const text = "it's\r\n.exit\r\n";
  const added: Column = { name: "n", type: { kind: "text" }, nullable: true, default: { kind: "value", value: text } };
  const changes: readonly Operation[] = [
    { kind: "bulkInsert", table: "todos", rows: [{ title: text }] },
    { kind: "execute", sql: "UPDATE todos SET title = title || 'a\r\nb'\r\nWHERE id = 2", affects: [] },
    { kind: "addColumn", table: "todos", column: added },
    { kind: "bulkInsert", table: "todos", rows: [{ title: "has the default" }] },
  ];

  it.each(["UTF-8", "UTF-16le"])("stay in texts, in a database of %s", async (encoding) => {
    const path = join(folder, `lines-${encoding}.db`);
    runClient(path, `PRAGMA encoding='${encoding}';${START}`);
    const script = await writeScript(changes);
    expect(runClient(path, script)).toEqual({ status: 0, stdout: "", stderr: "" });
    const database = await openScratchDatabase(START, OLDEST_VERSION);
    for (const change of changes) await database.run(change);
    const connection = await sqlite.connect(`sqlite:${path}`);
    const query = "SELECT id, title, n FROM todos";
    expect(await connection.query(query)).toEqual(await database.connection.query(query));
    expect(await connection.query("SELECT title, n FROM todos WHERE id > 1")).toEqual([
      { title: "twoa\r\nb", n: text },
      { title: text, n: text },
      { title: "has the default", n: text },
    ]);
    await connection.close();
  });
});

describe.skipIf(!hasClient && process.env["CI"] !== "true")("lines that the client takes for commands", () => {
  it.each([
    ["a slash", "CREATE VIEW v AS SELECT 8\n/\n2 AS a", "4"],
    ["a slash with a comment behind it", "CREATE VIEW v AS SELECT 8 -- eight\r\n / -- by\r\n2 AS a", "4"],
    ["the word go", "CREATE VIEW v AS SELECT 4 AS\n  GO\n", "4"],
    ["several of them", "CREATE VIEW v AS SELECT 8\n/\ngo\n/\n2 AS a FROM (SELECT 1 AS go)", "4"],
    ["a point", "CREATE VIEW v AS SELECT 3 +\n.5 +\n.5 AS a", "4.0"],
    ["all of them in text", "CREATE VIEW v AS SELECT length('\n/\ngo\n.quit\n;\n/\n') /* \n/\n */ AS a", "16"],
    ["a division behind END", "CREATE VIEW v AS SELECT CASE WHEN 1 THEN 8 END\n/\n2 AS a", "4"],
  ])("are read as SQL: %s", (_what, sql, expected) => {
    const script = `.bail on\n${renderScriptStatement({ sql })}\nSELECT * FROM v;\n`;
    expect(runClient(":memory:", script)).toEqual({ status: 0, stdout: `${expected}\n`, stderr: "" });
  });

  it("are read as SQL in a trigger and in a guard", () => {
    const trigger =
      "CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN 1 THEN 8 END\n/\n2; SELECT 1 AS\ngo\n; END";
    const guard = renderScriptStatement({ sql: "SELECT 1 WHERE 8\n/\n2 = 3", guard: "no" });
    const script = `.bail on\nCREATE TABLE t (a);\n${renderScriptStatement({ sql: trigger })}\n${guard}\nINSERT INTO t VALUES (1);\nSELECT a FROM t;\n`;
    expect(runClient(":memory:", script)).toEqual({ status: 0, stdout: "4\n", stderr: "" });
  });
});

describe("a default that no literal can hold", () => {
  it.each(["a\0b", "\0", "a\r\nb"])(
    "%j is read back as it was, where a table is created and where a column is added",
    async (value) => {
      const database = await openScratchDatabase("CREATE TABLE old (a); INSERT INTO old VALUES (1)");
      const column: Column = { name: "c", type: { kind: "text" }, nullable: false, default: { kind: "value", value } };
      await database.run({
        kind: "createTable",
        table: {
          name: "new",
          columns: [{ ...column, name: "a", nullable: true }, column],
          constraints: [],
          indexes: [],
        },
      });
      await database.run({ kind: "addColumn", table: "old", column });
      await database.connection.execute("INSERT INTO new (a) VALUES (1)");
      const { tables } = await database.introspect();
      expect(tables.map(({ columns }) => columns[1])).toEqual([column, column]);
      for (const table of ["new", "old"]) {
        expect(await database.rows(`SELECT hex(c) FROM ${table}`)).toEqual([
          [Buffer.from(value).toString("hex").toUpperCase()],
        ]);
      }
    },
  );
});

describe("renderScriptStatement", () => {
  it("leaves question marks alone that are no placeholders", () => {
    const sql = "SELECT '?', \"?\", ? /* ? */";
    expect(renderScriptStatement({ sql, parameters: ["x"] })).toBe("SELECT '?', \"?\", 'x' /* ? */;");
  });

  it("does not let a comment swallow the semicolon", () => {
    expect(renderScriptStatement({ sql: "SELECT 1 -- one" })).toBe("SELECT 1 -- one\n;");
  });

  it("refuses a placeholder without a value", () => {
    expect(() => renderScriptStatement({ sql: "SELECT ?, ?", parameters: [1] })).toThrow("LB0616");
  });
});

describe("the transaction of a revision", () => {
  it("counts broken references per pair of tables", async () => {
    const database = await openScratchDatabase(`${START} PRAGMA foreign_keys=OFF; DELETE FROM todos WHERE id = 1;`);
    expect(await database.connection.query(COUNT_BROKEN_REFERENCES)).toEqual([
      { table: "notes", parent: "todos", rows: 1 },
      { table: "todos", parent: "todos", rows: 1 },
    ]);
  });

  it("is compiled for the schema that operations before it leave", async () => {
    const database = await openScratchDatabase(START);
    const before = await database.introspect();
    const rename: TableOperation = { kind: "renameColumn", table: "todos", from: "title", to: "name" };
    const after = applyOperations([rename], before);
    const context = { before, after, serverVersion: database.serverVersion };
    expect(dispatchOperation(sqlite.compile, rename, context)).toEqual([
      { sql: 'ALTER TABLE "todos" RENAME COLUMN "title" TO "name"' },
    ]);
  });
});

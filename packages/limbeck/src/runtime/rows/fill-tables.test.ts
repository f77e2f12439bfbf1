import { describe, expect, it } from "vitest";
import type { Connection } from "../../dialect/connection.ts";
import { sqlite } from "../../dialects/sqlite/index.ts";
import { fillTables, type UnfilledTable } from "./fill-tables.ts";
import { createRandom } from "./random.ts";

/** Creates tables, and fills them with five rows each. */
async function fill(script: string, seed = 1): Promise<{ connection: Connection; unfilled: readonly UnfilledTable[] }> {
  const connection = await sqlite.openScratch();
  for (const { sql } of sqlite.splitScript(script)) await connection.execute(sql);
  const { schema } = await sqlite.introspect(connection);
  let serial = 0;
  const unfilled = await fillTables({
    dialect: sqlite,
    connection,
    schema,
    countRows: () => 5,
    random: createRandom(seed),
    nextSerial: () => (serial += 1),
  });
  return { connection, unfilled };
}

async function count(connection: Connection, condition: string): Promise<unknown> {
  const [row] = await connection.query(`SELECT count(*) AS n FROM ${condition}`);
  return row?.["n"];
}

describe("fillTables", () => {
  it("gives every type a value that is read back as it was written", async () => {
    const { connection, unfilled } = await fill(`CREATE TABLE t (
      id INTEGER PRIMARY KEY, a TEXT NOT NULL, b VARCHAR(3) NOT NULL UNIQUE, c CHAR(4) NOT NULL, d SMALLINT NOT NULL, e BIGINT NOT NULL, f REAL NOT NULL,
      g DECIMAL(6,2) NOT NULL, h BOOLEAN NOT NULL, i DATE NOT NULL, j TIME NOT NULL, k TIMESTAMP NOT NULL, l JSON NOT NULL, m UUID NOT NULL,
      n BLOB NOT NULL, o DATETIME NOT NULL, p INT NOT NULL, q NOT NULL, s DECIMAL(2,2) NOT NULL)`);
    expect(unfilled).toEqual([]);
    const [row = {}] = await connection.query("SELECT * FROM t WHERE id = 1");
    expect(row).toEqual({
      id: 1,
      a: "it's nr. 1 – ß\n",
      b: "1",
      c: "0001",
      d: 1,
      e: 2n ** 53n + 1n,
      f: 1.25,
      g: "0.01",
      h: true,
      i: "2024-01-02",
      j: "00:01:01",
      k: new Date("2024-01-01T01:00:00.123Z"),
      l: { serial: 1, text: "it's nr. 1 – ß\n", list: [null, true] },
      m: "00000000-0000-4000-8000-000000000001",
      n: new Uint8Array([0, 255, 1, 0]),
      o: expect.any(String),
      p: 1,
      q: 1,
      s: "0.01",
    });
    expect(await count(connection, "t")).toBe(5);
    const kinds = await connection.query("SELECT DISTINCT typeof(q) AS kind FROM t ORDER BY 1");
    expect(kinds.map(({ kind }) => kind)).toEqual(["blob", "integer", "real", "text"]);
  });

  it("has rows in which everything is given, and rows in which nothing optional is", async () => {
    const { connection } = await fill(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT NOT NULL DEFAULT 'none')",
    );
    expect(await connection.query("SELECT a IS NULL AS a, b = 'none' AS b FROM t WHERE id < 3")).toEqual([
      { a: 0, b: 0 },
      { a: 1, b: 1 },
    ]);
  });

  it("keeps foreign keys, also composite ones, in circles, and to the row itself", async () => {
    const { connection, unfilled } = await fill(`
      CREATE TABLE todos (id INTEGER PRIMARY KEY, list_id INTEGER NOT NULL REFERENCES lists, parent_id INTEGER REFERENCES todos (id));
      CREATE TABLE lists (id INTEGER PRIMARY KEY, first_id INTEGER REFERENCES todos (id));
      CREATE TABLE codes (a TEXT, b INTEGER, PRIMARY KEY (a, b));
      CREATE TABLE uses (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INTEGER NOT NULL, FOREIGN KEY (a, b) REFERENCES codes (a, b));
      CREATE TABLE selves (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES selves (id));`);
    expect(unfilled).toEqual([]);
    expect(await connection.query("SELECT * FROM pragma_foreign_key_check")).toEqual([]);
    for (const table of ["todos", "lists", "codes", "uses", "selves"]) expect(await count(connection, table)).toBe(5);
    expect(await count(connection, "uses JOIN codes USING (a, b)")).toBe(5);
  });

  it("leaves generated columns to the engine, also in a foreign key", async () => {
    const { connection, unfilled } = await fill(`
      CREATE TABLE lists (
        id INTEGER PRIMARY KEY, deleted_at TEXT, is_live INTEGER AS (CASE WHEN deleted_at IS NULL THEN 1 END) STORED, UNIQUE (id, is_live)
      );
      CREATE TABLE todos (
        id INTEGER PRIMARY KEY, deleted_at TEXT, is_live INTEGER AS (CASE WHEN deleted_at IS NULL THEN 1 END) STORED,
        list_id INTEGER REFERENCES lists (id), FOREIGN KEY (list_id, is_live) REFERENCES lists (id, is_live)
      );`);
    expect(unfilled).toEqual([]);
    expect(await count(connection, "todos")).toBe(5);
    expect(await count(connection, "todos WHERE list_id IS NOT NULL")).toBeGreaterThan(0);
  });

  it("finds out what checks want", async () => {
    const { connection, unfilled } = await fill(`CREATE TABLE t (
      id INTEGER PRIMARY KEY,
      status TEXT NOT NULL CHECK (status IN ('open', 'it''s done')),
      percent INTEGER NOT NULL CHECK (percent BETWEEN 10 AND 20),
      code TEXT NOT NULL CHECK (length(code) = 7),
      file TEXT NOT NULL CHECK (file LIKE 'img_%.png'),
      data TEXT NOT NULL CHECK (json_valid(data)),
      CHECK (status <> 'open' OR percent > 15)) STRICT`);
    expect(unfilled).toEqual([]);
    expect(await count(connection, "t")).toBe(5);
  });

  it("makes as many rows as the constraints allow", async () => {
    const { connection, unfilled } = await fill("CREATE TABLE t (a BOOLEAN NOT NULL UNIQUE CHECK (a IN (0, 1)))");
    expect(unfilled).toEqual([]);
    expect(await count(connection, "t")).toBe(2);
  });

  it("fires triggers, and says why a table stays empty", async () => {
    const { connection, unfilled } = await fill(`
      CREATE TABLE t (a TEXT); CREATE TABLE log (a TEXT);
      CREATE TABLE closed (a TEXT); CREATE TABLE never (a INTEGER NOT NULL CHECK (a > 5 AND a < 3));
      CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END;
      CREATE TRIGGER no BEFORE INSERT ON closed BEGIN SELECT RAISE(ABORT, 'read only'); END`);
    expect(await count(connection, "log")).toBe(10);
    expect(unfilled).toEqual([
      { table: "closed", reason: expect.stringContaining("read only") },
      { table: "never", reason: expect.stringContaining("CHECK constraint failed") },
    ]);
  });

  it("makes the same rows for the same seed, and others for another", async () => {
    const script = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT, d TEXT, e TEXT)";
    const rows = async (seed: number): Promise<unknown> =>
      (await fill(script, seed)).connection.query("SELECT * FROM t");
    expect(await rows(7)).toEqual(await rows(7));
    expect(await rows(8)).not.toEqual(await rows(7));
  });
});

import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { readRenames } from "../tools/cases/read-renames.ts";
import { takeCensusOf, type Census } from "../tools/cases/sqlite/census.ts";
import { couldHold, listTransfers } from "../tools/cases/sqlite/could-hold.ts";
import { findCounterparts, type Counterparts } from "../tools/cases/sqlite/counterparts.ts";
import { describeDifferences } from "../tools/cases/sqlite/describe-differences.ts";
import { findLostByUpgrade, findLostOnTheWay } from "../tools/cases/sqlite/find-lost-rows.ts";
import { findRecreated } from "../tools/cases/sqlite/find-recreated.ts";
import { findUnfilled } from "../tools/cases/sqlite/find-unfilled.ts";
import { fillTables, readRows, type Rows } from "../tools/cases/sqlite/rows.ts";

const OTHER = "CREATE TABLE o (id INTEGER PRIMARY KEY, k TEXT UNIQUE);";

/** Schemas that mean different things. */
const DIFFERENT: readonly (readonly [what: string, a: string, b: string])[] = [
  ["a table", "CREATE TABLE t (a)", "CREATE TABLE u (a)"],
  ["the order of columns", "CREATE TABLE t (a, b)", "CREATE TABLE t (b, a)"],
  ["a type", "CREATE TABLE t (a INT)", "CREATE TABLE t (a INTEGER)"],
  ["NOT NULL", "CREATE TABLE t (a INT)", "CREATE TABLE t (a INT NOT NULL)"],
  ["a default", "CREATE TABLE t (a DEFAULT 1)", "CREATE TABLE t (a DEFAULT '1')"],
  ["a computed default", "CREATE TABLE t (a DEFAULT (abs(1)))", "CREATE TABLE t (a DEFAULT (abs(2)))"],
  ["a collation", "CREATE TABLE t (a TEXT, b TEXT COLLATE NOCASE)", "CREATE TABLE t (a TEXT COLLATE NOCASE, b TEXT)"],
  ["the primary key", "CREATE TABLE t (a, b, PRIMARY KEY (a, b))", "CREATE TABLE t (a, b, PRIMARY KEY (b, a))"],
  ["AUTOINCREMENT", "CREATE TABLE t (a INTEGER PRIMARY KEY)", "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)"],
  ["STRICT", "CREATE TABLE t (a TEXT)", "CREATE TABLE t (a TEXT) STRICT"],
  [
    "WITHOUT ROWID",
    "CREATE TABLE t (a TEXT PRIMARY KEY NOT NULL)",
    "CREATE TABLE t (a TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID",
  ],
  ["a check", "CREATE TABLE t (a CHECK (a > 0))", "CREATE TABLE t (a CHECK (a > 1))"],
  ["a name", "CREATE TABLE t (a CONSTRAINT c CHECK (a > 0))", "CREATE TABLE t (a CHECK (a > 0))"],
  ["uniqueness", "CREATE TABLE t (a UNIQUE)", "CREATE TABLE t (a)"],
  ["a conflict clause", "CREATE TABLE t (a UNIQUE)", "CREATE TABLE t (a UNIQUE ON CONFLICT IGNORE)"],
  ["a computed column", "CREATE TABLE t (a, b AS (a + 1))", "CREATE TABLE t (a, b AS (a + 2))"],
  ["how it is stored", "CREATE TABLE t (a, b AS (a + 1))", "CREATE TABLE t (a, b AS (a + 1) STORED)"],
  ["a foreign key", `${OTHER} CREATE TABLE t (a REFERENCES o)`, `${OTHER} CREATE TABLE t (a)`],
  ["its column", `${OTHER} CREATE TABLE t (a REFERENCES o (id))`, `${OTHER} CREATE TABLE t (a REFERENCES o (k))`],
  [
    "its action",
    `${OTHER} CREATE TABLE t (a REFERENCES o)`,
    `${OTHER} CREATE TABLE t (a REFERENCES o ON DELETE CASCADE)`,
  ],
  [
    "its time",
    `${OTHER} CREATE TABLE t (a REFERENCES o)`,
    `${OTHER} CREATE TABLE t (a REFERENCES o DEFERRABLE INITIALLY DEFERRED)`,
  ],
  ["an index", "CREATE TABLE t (a); CREATE INDEX i ON t (a)", "CREATE TABLE t (a); CREATE INDEX j ON t (a)"],
  ["its order", "CREATE TABLE t (a); CREATE INDEX i ON t (a)", "CREATE TABLE t (a); CREATE INDEX i ON t (a DESC)"],
  [
    "its condition",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a) WHERE a > 0",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a) WHERE a > 1",
  ],
  [
    "its expression",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a + 1)",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a + 2)",
  ],
  [
    "its collation",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a)",
    "CREATE TABLE t (a); CREATE INDEX i ON t (a COLLATE NOCASE)",
  ],
  ["a view", "CREATE VIEW v AS SELECT 1 AS a", "CREATE VIEW v AS SELECT 2 AS a"],
  [
    "a trigger",
    "CREATE TABLE t (a); CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
    "CREATE TABLE t (a); CREATE TRIGGER g AFTER DELETE ON t BEGIN SELECT 1; END",
  ],
];

/** Spellings of the same. */
const SAME: readonly (readonly [a: string, b: string])[] = [
  ["create table T (A int, /* x */ b text not null)", 'CREATE TABLE "t" (\n  "a" INT,\n  [b] TEXT NOT NULL\n)'],
  ["CREATE TABLE t (a BOOLEAN DEFAULT TRUE, b DEFAULT NULL)", "CREATE TABLE t (a BOOLEAN DEFAULT (1), b)"],
  ["CREATE TABLE t (a UNIQUE, b CHECK (b > 0))", 'CREATE TABLE t (a, b, CHECK (("b" > 0)), UNIQUE ("a"))'],
  [
    `${OTHER} CREATE TABLE t (a TEXT CONSTRAINT fk REFERENCES o (k))`,
    `${OTHER} CREATE TABLE t (a TEXT, CONSTRAINT fk FOREIGN KEY (a) REFERENCES o (k))`,
  ],
  [
    "CREATE TABLE t (a); CREATE INDEX i ON t (a ASC, lower(a))",
    'CREATE TABLE t (a); CREATE INDEX "i" ON t (a, (lower("a")))',
  ],
];

const differ = (a: string, b: string): boolean => describeDifferences(takeCensusOf(a), takeCensusOf(b)).length > 0;

describe("the judge of schemas", () => {
  it.each(DIFFERENT)("sees a difference in %s", (_what, a, b) => {
    expect([differ(a, b), differ(a, a), differ(b, b)]).toEqual([true, false, false]);
  });

  it.each(SAME)("sees no difference in spelling: %s", (a, b) => {
    expect(describeDifferences(takeCensusOf(a), takeCensusOf(b))).toEqual([]);
  });
});

describe("the judge of rows", () => {
  const from = `${OTHER} CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(9) NOT NULL, n INTEGER, o_id INTEGER REFERENCES o);`;
  const to = `${OTHER} CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT NOT NULL -- @renamed from=a\n, n TEXT);`;

  function setUp(): {
    readonly start: Census;
    readonly counterparts: Counterparts;
    readonly database: DatabaseSync;
    readonly before: Rows;
  } {
    const start = takeCensusOf(from);
    const counterparts = findCounterparts(
      takeCensusOf(to),
      readRenames(to.replace("(id", "(\nid").replace(", b", ",\nb")),
    );
    const database = new DatabaseSync(":memory:");
    database.exec(from);
    expect(fillTables(database, start, counterparts, false)).toBe(8);
    return { start, counterparts, database, before: readRows(database, start) };
  }

  it("is content when every row and value is there, under other names and types", () => {
    const { start, counterparts, database, before } = setUp();
    database.exec("ALTER TABLE t RENAME COLUMN a TO b; ALTER TABLE t DROP COLUMN o_id;");
    const after = readRows(database, takeCensusOf(to));
    expect(findLostByUpgrade({ start, before, after }, counterparts, () => false)).toEqual([]);
  });

  it("sees another value also where the type of its column has changed", () => {
    const { start, counterparts, database, before } = setUp();
    database.exec("ALTER TABLE t RENAME COLUMN a TO b; UPDATE t SET n = n + 1 WHERE id = 1;");
    const after = readRows(database, takeCensusOf(to));
    expect(findLostByUpgrade({ start, before, after }, counterparts, () => false)).toHaveLength(1);
  });

  it.each([
    ["a row is gone", "DELETE FROM t WHERE id = 2"],
    ["a value is gone", "UPDATE t SET n = NULL WHERE id = 1"],
    ["a value is another", "UPDATE t SET a = 'x' WHERE id = 1"],
    ["a value has another type", "UPDATE o SET k = CAST(k AS BLOB)"],
    ["a row has another number", "UPDATE t SET id = 9 WHERE id = 1"],
  ])("sees that %s", (_what, change) => {
    const { start, counterparts, database, before } = setUp();
    database.exec(change);
    const stages = { start, before, after: readRows(database, start) };
    expect(findLostOnTheWay(stages, counterparts, () => false)).toHaveLength(1);
  });

  it.each([
    ["lets the kind of a value change where that was announced", "UPDATE o SET k = CAST(k AS BLOB)", 0],
    ["sees that a value is another although something was announced", "UPDATE t SET a = 'x' WHERE id = 1", 1],
  ])("%s", (_what, change, lost) => {
    const { start, counterparts, database, before } = setUp();
    database.exec(change);
    const stages = { start, before, after: readRows(database, start) };
    expect(findLostOnTheWay(stages, counterparts, () => true)).toHaveLength(lost);
  });

  it("sees on the way back that a value is of another kind although its type was another meanwhile", () => {
    const start = takeCensusOf("CREATE TABLE t (id INTEGER PRIMARY KEY, c BLOB)");
    const counterparts = findCounterparts(takeCensusOf("CREATE TABLE t (id INTEGER PRIMARY KEY, c INT)"), []);
    const stages = { start, before: { t: [{ id: "1", c: "7" }] }, after: { t: [{ id: "1", c: "X'37'" }] } };
    const judge = (isSaid: boolean) => findLostOnTheWay(stages, counterparts, () => isSaid);
    expect([judge(true), judge(false)]).toEqual([[], [expect.stringContaining("a row of t was")]]);
  });

  it("sees that what was computed is not there where it is to be stored", () => {
    const start = takeCensusOf("CREATE TABLE t (id INTEGER PRIMARY KEY, c INT AS (id * 2))");
    const counterparts = findCounterparts(takeCensusOf("CREATE TABLE t (id INTEGER PRIMARY KEY, c INT)"), []);
    const before = { t: [{ id: "1", c: "2" }] };
    const judge = (c: string) =>
      findLostByUpgrade({ start, before, after: { t: [{ id: "1", c }] } }, counterparts, () => false);
    expect([judge("2"), judge("NULL")]).toEqual([[], [expect.stringContaining("a row of t was")]]);
  });

  it("sees that rows do not have the default of a new column", () => {
    const start = takeCensusOf("CREATE TABLE t (id INTEGER PRIMARY KEY)");
    const later = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 7, b INT, c INT DEFAULT (1 + 1))";
    const counterparts = findCounterparts(takeCensusOf(later), []);
    const judge = (a: string, b: string) => findUnfilled(start, { t: [{ id: "1", a, b, c: "2" }] }, counterparts);
    expect(judge("'7'", "NULL")).toEqual([]);
    expect(judge("7", "0")).toEqual(["t.a is new and has 7, not '7'", "t.b is new and has 0, not NULL"]);
  });

  it("sees that what changed was dropped and created", () => {
    const { start, counterparts } = setUp();
    const column = { name: "N", type: { kind: "text" }, nullable: true } as const;
    const table = { name: "T", columns: [], constraints: [], indexes: [] };
    expect(
      findRecreated(
        [
          { kind: "alterTable", table: "t", operations: [{ kind: "dropColumn", table: "t", column }] },
          { kind: "dropColumn", table: "t", column: { ...column, name: "o_id" } },
          { kind: "dropTable", table },
        ],
        start,
        counterparts,
      ),
    ).toEqual(["dropColumn t.N", "dropTable T"]);
  });
});

describe("the judge of refusals", () => {
  const [from, key] = ["CREATE TABLE t (id integer PRIMARY KEY, at timestamp)", "CREATE UNIQUE INDEX once ON t (at)"];
  const rows: Rows = {
    t: [
      { id: "1", at: "'2026-01-01T10:00:00.000Z'" },
      { id: "2", at: "'2026-01-02T10:00:00.000Z'" },
    ],
  };

  it.each([
    ["time", false],
    ["date", true],
    ["timestamp", true],
    ["text", true],
  ])("knows what is left of moments in a column of type %s, where no two may be alike", (type, fits) => {
    const to = `CREATE TABLE t (id integer PRIMARY KEY, at ${type}); ${key}`;
    const transfers = listTransfers(takeCensusOf(from), findCounterparts(takeCensusOf(to), []), "up");
    expect(couldHold(to, rows, transfers)).toBe(fits);
  });
});

describe("comments about renames", () => {
  it("are read from the line of a table, a column and an index", () => {
    const sql = `CREATE TABLE accounts ( -- @renamed from=old_accounts
      "user name" TEXT, -- @renamed from="old name"
      other TEXT
    );
    CREATE UNIQUE INDEX unique_email /* @renamed from=old_email */ ON accounts (other);`;
    expect(readRenames(sql)).toEqual([
      { kind: "table", from: "old_accounts", to: "accounts" },
      { kind: "column", table: "accounts", from: "old name", to: "user name" },
      { kind: "index", from: "old_email", to: "unique_email" },
    ]);
  });
});

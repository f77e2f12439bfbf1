import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildDatabaseOn } from "../../src/dialect/build-schema-on.ts";
import type { Connection } from "../../src/dialect/connection.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { dispatchOperation, type OperationMap } from "../../src/ops/operation.ts";
import { applyOperation } from "../../src/ops/apply/apply-operation.ts";
import type { Schema } from "../../src/schema/model/schema.ts";
import {
  createMariadbDatabase,
  mariadbClientOptions,
  requireMariadb,
  type MariadbDatabase,
} from "../support/mariadb-server.ts";

const check = requireMariadb();

/** What the model has words for, and what it is told of besides. */
const EVERYTHING = String.raw`
CREATE SEQUENCE numbers START WITH 5 INCREMENT BY 2;
CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN n * 2;
CREATE TABLE parents (
  a int unsigned NOT NULL, b char(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, note text,
  PRIMARY KEY (a, b) COMMENT 'the key'
) COMMENT='it''s a \\ parent';
CREATE TABLE numbers_of (
  tiny tinyint DEFAULT -5, flag tinyint(1) NOT NULL DEFAULT 1, small smallint unsigned DEFAULT 7, medium mediumint(9),
  plain int NOT NULL AUTO_INCREMENT, wide int(5) unsigned zerofill DEFAULT 00042, big bigint DEFAULT 9007199254740993,
  huge bigint unsigned DEFAULT 18446744073709551615, exact decimal(20,5) DEFAULT 1.5, money decimal(10,0), f float DEFAULT 0.5,
  f2 float(7,3), d double DEFAULT 1e100, bits bit(9) DEFAULT b'101', y year DEFAULT 2026, next_one bigint DEFAULT (NEXT VALUE FOR numbers),
  KEY (plain), CONSTRAINT positive CHECK (small > 0 AND flag IN (0, 1)), CONSTRAINT CHECK (medium < 100)
) ENGINE=InnoDB ROW_FORMAT=COMPRESSED;
CREATE TABLE texts (
  c char(3) NOT NULL DEFAULT 'a''b', v varchar(20) COLLATE utf8mb4_bin DEFAULT 'it''s "q" \\ \n', t text DEFAULT 'x', tt tinytext, mt mediumtext,
  lt longtext CHARACTER SET latin1, e enum('a','b','it''s') DEFAULT 'b', s set('x','y') DEFAULT 'x,y', bin binary(4), vb varbinary(10) DEFAULT 'ab',
  bl blob, lb longblob, j json DEFAULT '{"a": [1, "b"]}', u uuid DEFAULT uuid(), ip inet6, empty varchar(5) NOT NULL DEFAULT '',
  inv varchar(9) INVISIBLE DEFAULT 'i' COMMENT 'hidden; "so" it''s', checked int CHECK (checked > 0 OR checked IS NULL),
  KEY by_start (t(10), v), UNIQUE KEY one_text (lt), FULLTEXT KEY words (t, mt), KEY down (c DESC, v), KEY off (v) COMMENT 'not used' IGNORED,
  UNIQUE KEY start_of (mt(7))
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
CREATE TABLE moments (
  d date DEFAULT '2026-01-02', t time DEFAULT '01:02:03', t6 time(6), dt datetime DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  dt3 datetime(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3), ts timestamp NULL DEFAULT NULL,
  ts6 timestamp(6) NOT NULL DEFAULT current_timestamp(6), plain timestamp NOT NULL DEFAULT '2026-01-01 00:00:00',
  utc datetime(6) DEFAULT utc_timestamp(6), sum int DEFAULT (1 + 2 * 3)
);
CREATE TABLE computed (
  id int PRIMARY KEY, a int, s int GENERATED ALWAYS AS (a * 2) STORED COMMENT 'stored', v varchar(30) AS (concat('it''s ', a)) VIRTUAL INVISIBLE,
  KEY on_virtual (v)
);
CREATE TABLE children (
  id int PRIMARY KEY, pa int unsigned, pb char(3) CHARACTER SET ascii COLLATE ascii_bin, other int, parent int, self int,
  CONSTRAINT to_parents FOREIGN KEY (pa, pb) REFERENCES parents (a, b) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT to_self FOREIGN KEY (self) REFERENCES children (id) ON DELETE NO ACTION,
  FOREIGN KEY (other) REFERENCES computed (id), KEY covering (parent, other), CONSTRAINT covered FOREIGN KEY (parent) REFERENCES computed (id)
);
CREATE TABLE places (id int PRIMARY KEY, p point NOT NULL, g geometry, SPATIAL KEY (p)) ENGINE=Aria;
CREATE TABLE by_range (id int NOT NULL, at date NOT NULL, PRIMARY KEY (id, at))
  PARTITION BY RANGE COLUMNS (at) (PARTITION old VALUES LESS THAN ('2020-01-01') COMMENT = 'it''s old', PARTITION rest VALUES LESS THAN (MAXVALUE));
CREATE TABLE by_list (id int) PARTITION BY LIST (id) (PARTITION a VALUES IN (1,2), PARTITION b VALUES IN (3));
CREATE TABLE by_hash (id int) PARTITION BY HASH (id) PARTITIONS 3;
CREATE TABLE by_both (id int, n int) PARTITION BY RANGE (id) SUBPARTITION BY HASH (n) SUBPARTITIONS 2 (PARTITION p0 VALUES LESS THAN (5), PARTITION p1 VALUES LESS THAN MAXVALUE);
CREATE TABLE versioned (id int PRIMARY KEY, price int, note text WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING;
CREATE TABLE in_memory (id int, KEY (id) USING HASH) ENGINE=MEMORY;
CREATE VIEW names AS SELECT p.a, t.v FROM parents p JOIN texts t ON t.c = p.b WHERE p.note <> 'x.y' WITH LOCAL CHECK OPTION;
CREATE SQL SECURITY INVOKER VIEW own AS SELECT * FROM names;
CREATE TRIGGER ${"`first`"} BEFORE INSERT ON ${"`computed`"} FOR EACH ROW SET NEW.a = twice(NEW.a);
CREATE TRIGGER ${"`second`"} BEFORE INSERT ON ${"`computed`"} FOR EACH ROW SET NEW.a = NEW.a + 1;
`;

let original: MariadbDatabase;
let copy: MariadbDatabase;
let connection: Connection | undefined;

beforeEach(async (context) => {
  check(context);
  original = await createMariadbDatabase();
  copy = await createMariadbDatabase();
  execFileSync("mariadb", [...mariadbClientOptions(original.url), original.name], { input: EVERYTHING });
  connection = await mysql.connect(original.url);
});

afterEach(async () => {
  await connection?.close();
  await original.drop();
  await copy.drop();
});

function open(): Connection {
  if (!connection) throw new Error("There is no connection.");
  return connection;
}

/** By the word of the vendor's own program; the order of keys, and who made what in which database, means nothing. */
function dump({ url, name }: MariadbDatabase): readonly string[] {
  const options = [...mariadbClientOptions(url), "--no-data", "--routines", "--skip-comments", name];
  return execFileSync("mariadb-dump", options, { encoding: "utf8" })
    .replaceAll(/ AUTO_INCREMENT=\d+| DEFINER=\S+/g, "")
    .replaceAll(`\`${name}\`.`, "")
    .split("\n")
    .map((line) => line.trim().replace(/,$/, ""))
    .toSorted();
}

describe("everything that MariaDB has and the model has words for", () => {
  it("comes out the same when it is read and made anew", async () => {
    const found = await mysql.introspect(open());
    expect(found.unmanaged.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
      "function twice",
      "sequence numbers",
      "view own",
    ]);
    const second = await mysql.connect(copy.url);
    try {
      expect(await buildDatabaseOn(second, mysql, found)).toEqual([]);
      expect(await mysql.introspect(second)).toEqual(found);
    } finally {
      await second.close();
    }
    expect(dump(copy)).toEqual(dump(original));
  });

  it("loses nothing of a column when something else about it changes", async () => {
    const { schema: before } = await mysql.introspect(open());
    const marked = before.tables.flatMap(({ name, columns }) =>
      columns.map((column): OperationMap["alterColumn"] => ({
        kind: "alterColumn",
        table: name,
        from: column,
        to: { ...column, comment: "marked" },
      })),
    );
    const expected = dump(original);
    await open().execute("SET SESSION system_versioning_alter_history = 'KEEP'");
    for (const operation of marked) await carryOut(operation, before);
    expect(dump(original).filter((line) => line.includes("COMMENT 'marked'"))).toHaveLength(marked.length);
    for (const { from, to, ...rest } of marked) await carryOut({ ...rest, from: to, to: from }, before);
    expect(dump(original)).toEqual(expected);
  });
});

async function carryOut(operation: OperationMap["alterColumn"], schema: Schema): Promise<void> {
  const before: Schema = {
    ...schema,
    tables: schema.tables.map((table) =>
      table.name === operation.table
        ? { ...table, columns: table.columns.map((one) => (one.name === operation.from.name ? operation.from : one)) }
        : table,
    ),
  };
  const context = { before, after: applyOperation(operation, before), serverVersion: open().serverVersion };
  for (const { sql } of dispatchOperation(mysql.compile, operation, context)) await open().execute(sql);
}

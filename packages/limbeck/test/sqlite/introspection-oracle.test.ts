import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connect } from "../../src/dialects/sqlite/driver/connect.ts";
import { introspect } from "../../src/dialects/sqlite/introspect/introspect.ts";
import { compareWithPragmas } from "./pragma-oracle.ts";
import { BLANKS, KEYWORDS, randomTable } from "./random-table.ts";

/** What the introspection of a script's database gets wrong. */
async function findMistakes(script: string): Promise<readonly unknown[]> {
  // Older databases have text in double quotes; SQLite only reads them when it may.
  const database = new DatabaseSync(":memory:", { enableDoubleQuotedStringLiterals: true });
  try {
    database.exec(script);
    const { schema, unmanaged } = await introspect(await connect(database));
    return [...unmanaged, ...compareWithPragmas(database, schema)];
  } finally {
    database.close();
  }
}

const NASTY: readonly string[] = [
  `CREATE TABLE t(a)`,
  `CREATE TABLE "t"("a""b" int, \`c\`\`d\` int, [e f] int, 'g''h' int, "" text, größe real, "🙂" blob)`,
  `CREATE TABLE t(a int /* , b int */ , -- c int, (
     d text /*x*/ ) -- end`,
  `CREATE TABLE t(a varchar /* x */ (10), b int --z
, c double   precision, e generated int, f generated always as (1), g int generated always as (2) stored, h as (a || ')') virtual)`,
  `CREATE TABLE t(a "INTEGER" primary key, b 'VARCHAR(5)', c [my type], d "order by", e \`int\`)`,
  `CREATE TABLE t(a 'INTEGER' primary key)`,
  `CREATE TABLE t(a int primary key, b)`,
  `CREATE TABLE t(a integer primary key desc)`,
  `CREATE TABLE t(a integer primary key asc on conflict replace)`,
  `CREATE TABLE t(a integer, primary key (a desc autoincrement) on conflict fail)`,
  `CREATE TABLE t(a integer not null primary key autoincrement unique)`,
  `CREATE TABLE t(a integer, b, primary key ("A" collate nocase desc, 'b'))`,
  `CREATE TABLE t(a integer, primary key(((a))))`,
  `CREATE TABLE t(a int, b text, primary key (b, a)) without rowid`,
  `CREATE TABLE t(a int, b text primary key) without rowid, strict`,
  `CREATE TABLE t(a int primary key, b any, c blob) strict`,
  `CREATE TABLE t(a integer primary key) strict`,
  `CREATE TABLE t(a integer primary key) /*x*/ without /*y*/ rowid`,
  `CREATE TABLE t(a int constraint x constraint y check (a>0) , b int constraint dangling, constraint also)`,
  `CREATE TABLE t(a int constraint 'pk name' primary key constraint "nn" not null on conflict ignore constraint d default 5 constraint c collate nocase)`,
  `CREATE TABLE t(a int null, b int null on conflict abort, c not null null)`,
  `CREATE TABLE t(a int not null unique on conflict ignore collate nocase default 3 check(a) references t(d) on delete set null on update set default, d unique)`,
  `CREATE TABLE t(a int, check(a>0) on conflict replace unique(a) constraint u2 unique(a collate nocase desc) on conflict ignore)`,
  `CREATE TABLE t(a int check (a in (')', '(', "a", [a], '--', '/*') and "a" <> 'it''s'))`,
  `CREATE TABLE t(a text check (a in ("x","y")), b as (a || "z"))`,
  `CREATE TABLE t(a int default (case when 1 then 2 else 3 end), b default (1) collate nocase, c default ((1)), d default (  'x'  ))`,
  `CREATE TABLE t(a default foo, b default "bar", c default 'x' default 'y', d default [x y], e default \`z\`, f default true, g boolean default False)`,
  `CREATE TABLE t(a default -5, b default + 5, c default - 'a', d default -x'ab', e default null, f default -null, g default (null), h default -0, i real default -0.0)`,
  `CREATE TABLE t(a default 1_000, b default 0x10, c default 1e3, d default .5, e default 5., f text default 1e3, g int default 1e3, h decimal(5,2) default 1.50,
     i text default 1.50, j default 1.50, k default 0.1234567890123456789, l default 1e400, m default -9223372036854775808, n default 9223372036854775807,
     o default 9223372036854775808, p default -0x10, q default 0x7fffffffffffffff, r default 0xffffffffffffffff, s default +.5e-3)`,
  `CREATE TABLE t(a default x'ab', b default '', c default '''', d json default '{"a": [1, 2]}', e json default '1.0', f json default 'null', g json default 'x',
     h json default '{"a":1,"a":2}', i json default 5, j json default '"\\u0041"', k boolean default 1, l boolean default 0, m boolean default 2, n boolean default '1',
     o json default '"a b"', p json default '12345678901234567890', q boolean default true, r int default true)`,
  `CREATE TABLE t(a default current_timestamp, b date default current_date, c default CURRENT_TIME, d text default (datetime('now')), e default (random()))`,
  `CREATE TABLE t(a timestamp with time zone default (strftime('%Y-%m-%dT%H:%M:%fZ','now')), b date default (date('now')), c time default (time('now')),
     d timestamp default (strftime('%Y-%m-%dT%H:%M:%fZ','now')), e text default (strftime('%Y-%m-%dT%H:%M:%fZ','now')))`,
  `CREATE TABLE t(id integer primary key, a int references t, b references "T"("ID") on delete cascade, c int references other(x) match full on update no action on delete restrict,
     d references t(id) on insert cascade match foo not deferrable initially deferred, foreign key (a, b) references Other deferrable initially deferred
     foreign key (c, d) references [other two] (x, "y z") deferrable initially immediate)`,
  `CREATE TABLE t(a int references t, b int deferrable initially deferred)`,
  `CREATE TABLE t(left int, indexed int, abort, key text, replace, temp, "select" int, rowid int, oid int, _rowid_ int, match blob)`,
  `CREATE TABLE t(b key replace fail, c temp, d character varying (10 , 2), e dec(-1,+2), f unsigned big int, g int(11))`,
  `CREATE TABLE t(a default 1 not null, b unique primary key not null, c collate rtrim collate nocase)`,
  `CREATE TABLE src(a int, "b c" text); CREATE TABLE t AS SELECT a, 'x' as y, "b c", a FROM src`,
  `CREATE TABLE t(a int, b text); ALTER TABLE t ADD COLUMN c text NOT NULL DEFAULT 'x' /* c */; ALTER TABLE t ADD z; ALTER TABLE t RENAME COLUMN a TO "a x"; ALTER TABLE t RENAME TO "t 2"`,
  `CREATE TABLE t(a int -- first
); ALTER TABLE t ADD COLUMN b int REFERENCES t(a); ALTER TABLE t ADD COLUMN d AS (a + 1)`,
  `CREATE TABLE t(a int, b int, unique (b)); ALTER TABLE t ADD COLUMN c; ALTER TABLE t DROP COLUMN a`,
  `CREATE TABLE p(id integer primary key); CREATE TABLE t(a int references p(id), check (a <> 3)); ALTER TABLE p RENAME TO q; ALTER TABLE q RENAME id TO "key id"`,
  `CREATE TABLE t(a int); ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0); ALTER TABLE t ALTER COLUMN a SET NOT NULL`,
  `CREATE TABLE t(a int CONSTRAINT nn NOT NULL, CONSTRAINT c CHECK (a > 1)); ALTER TABLE t ALTER COLUMN a DROP NOT NULL; ALTER TABLE t DROP CONSTRAINT c`,
  `CREATE TABLE t(a, b text collate nocase, c, "d e"); CREATE INDEX i1 ON t(a); CREATE UNIQUE INDEX i2 ON "T" ('A' DESC, "b" ASC, [d e] COLLATE RTRIM DESC);
   CREATE INDEX i3 ON t((a) COLLATE nocase DESC); CREATE INDEX i4 ON t((a||b) COLLATE nocase, a||b COLLATE nocase, lower(b) COLLATE rtrim, +a, -a COLLATE nocase, not(a) COLLATE nocase);
   CREATE INDEX i5 ON t(b, c) WHERE a IS NOT NULL AND b <> ';' -- partial
;  CREATE INDEX "i 6" ON t(((a)), (b COLLATE binary), ((c COLLATE nocase) COLLATE rtrim), cast(a as text) COLLATE nocase, 5+5);
   CREATE INDEX IF NOT EXISTS main.i7 ON t(b) WHERE b = "x"`,
  `CREATE TABLE a(x); CREATE VIEW v AS SELECT 1 -- trailing
; CREATE VIEW "v 2" (x, "y z") AS SELECT 1, 2 /* end */; CREATE VIEW IF NOT EXISTS v3 AS WITH c AS (SELECT x FROM a) SELECT * FROM c`,
  `CREATE TABLE a(x, "on" int); CREATE VIEW v AS SELECT x FROM A; CREATE TRIGGER t1 AFTER INSERT ON A BEGIN SELECT CASE WHEN 1 THEN 2 END; DELETE FROM a; END;
   CREATE TRIGGER IF NOT EXISTS "t 2" INSTEAD OF UPDATE OF x ON "V" FOR EACH ROW WHEN new.x > 1 BEGIN INSERT INTO a VALUES ('; END;', 2); END;
   CREATE TRIGGER t3 BEFORE UPDATE OF "on", x ON a BEGIN SELECT 1; END -- done`,
  `CREATE VIRTUAL TABLE unused USING fts5(x); DROP TABLE unused; CREATE TABLE sqlitex(a); CREATE TABLE "SQL_t"(a)`,
];

const SHARED = process.env["LIMBECK_SHARED"] ?? resolve(import.meta.dirname, "../../../../../shared");

interface Pair {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

describe("introspection, judged by SQLite's PRAGMAs", () => {
  it.each(NASTY)("%s", async (script) => {
    expect(await findMistakes(script)).toEqual([]);
  });

  it("reads every public pair of schemas", async (context) => {
    const path = resolve(SHARED, "cases/sqlite.jsonl");
    // Where everything must be at hand, reading the missing file is what fails.
    if (!existsSync(path) && process.env["CI"] === undefined) context.skip(`${path} is missing: set LIMBECK_SHARED`);
    const lines = readFileSync(path, "utf8").trim().split("\n");
    const pairs = lines.map((line) => JSON.parse(line) as Pair);
    const mistakes: unknown[] = [];
    for (const { id, from, to } of pairs) {
      for (const script of [from, to]) {
        for (const mistake of await findMistakes(script)) mistakes.push([id, mistake]);
      }
    }
    expect(mistakes).toEqual([]);
    expect(pairs.length).toBeGreaterThan(30);
  });

  it("reads random tables, however they are spelled", async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        randomTable,
        fc.array(fc.constantFrom(...BLANKS), { minLength: 60, maxLength: 60 }),
        async (pieces, blanks) => {
          const script = pieces.map((piece, index) => piece + (blanks[index % blanks.length] ?? " ")).join("");
          for (const word of pieces) seen.set(word.toUpperCase(), (seen.get(word.toUpperCase()) ?? 0) + 1);
          expect([script, ...(await findMistakes(script))]).toEqual([script]);
        },
      ),
      { numRuns: 1000 },
    );
    for (const word of KEYWORDS)
      expect([word, seen.get(word) ?? 0], "the generator reaches every clause").toEqual([
        word,
        expect.toSatisfy((count: number) => count >= 10),
      ]);
  });
});

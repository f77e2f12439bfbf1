import { describe, expect, it } from "vitest";
import { eraseDatabase } from "../../src/dialects/mysql/driver/erase-database.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { EXIT_CODES } from "../../src/kernel/exit-code.ts";
import { testAwkwardChanges, type AwkwardChange } from "../awkward-changes.ts";
import { createTestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";

const check = requireMariadb();

const SPATIAL = "CREATE TABLE t (id int PRIMARY KEY, p point NOT NULL, SPATIAL KEY sp (p));";
const CASCADING = `CREATE TABLE t (id int PRIMARY KEY, code varchar(20) NOT NULL, parent varchar(20) NOT NULL, UNIQUE KEY u (code),
  CONSTRAINT fk FOREIGN KEY (parent) REFERENCES t (code) ON UPDATE CASCADE);`;
const PLAIN = "CREATE TABLE t (id int PRIMARY KEY);";

const CHANGES: readonly AwkwardChange[] = [
  { what: "a column that may not be NULL goes with its spatial index", from: SPATIAL, to: PLAIN },
  { what: "a column that may not be NULL comes with a spatial index", from: PLAIN, to: SPATIAL },
  { what: "columns that may not be NULL go with the key between them", from: CASCADING, to: PLAIN },
  { what: "columns that may not be NULL come with a key between them", from: PLAIN, to: CASCADING },
  {
    what: "a unique key that others refer to gets one more column, which is new and may not be NULL",
    from: `CREATE TABLE users (id int PRIMARY KEY, code int, UNIQUE KEY uc (code));
           CREATE TABLE todos (id int PRIMARY KEY, ucode int, CONSTRAINT fk FOREIGN KEY (ucode) REFERENCES users (code) ON UPDATE CASCADE);`,
    to: `CREATE TABLE users (id int PRIMARY KEY, code int, due int NOT NULL, UNIQUE KEY ud (code, due));
         CREATE TABLE todos (id int PRIMARY KEY, ucode int, CONSTRAINT fk FOREIGN KEY (ucode) REFERENCES users (code) ON UPDATE CASCADE);`,
  },
  {
    what: "a foreign key comes with the index behind it, which has a new column that may not be NULL",
    from: "CREATE TABLE t (id int PRIMARY KEY, region int NOT NULL);",
    to: `CREATE TABLE t (id int PRIMARY KEY, region int NOT NULL, due date NOT NULL, parent int, KEY rd (region, due),
         CONSTRAINT fk FOREIGN KEY (parent) REFERENCES t (region));`,
  },
  {
    what: "the key of a column that is numbered gets one more column, which is new and may not be NULL",
    from: "CREATE TABLE t (id int NOT NULL AUTO_INCREMENT, n int, KEY k (id));",
    to: "CREATE TABLE t (id int NOT NULL AUTO_INCREMENT, n int, tenant int NOT NULL, KEY k (id, tenant));",
  },
  {
    what: "a column ceases to be numbered, gets another name, and its key goes",
    from: "CREATE TABLE t (old int NOT NULL AUTO_INCREMENT, n int, PRIMARY KEY (old), KEY on_n (n));",
    to: "CREATE TABLE t (id int NOT NULL, n int);",
    renames: [{ kind: "column", table: "t", from: "old", to: "id" }],
  },
  {
    what: "a foreign key of one name goes and another one of that name comes, in a table that begins to keep former rows",
    from: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);
           CREATE TABLE t (id int NOT NULL, title int NOT NULL, PRIMARY KEY (title, id), KEY on_id (id),
             CONSTRAINT fk FOREIGN KEY (title) REFERENCES a (id)) COMMENT = 'about t';`,
    to: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);
         CREATE TABLE t (id int NOT NULL, title int NOT NULL, more int, PRIMARY KEY (title, id),
           CONSTRAINT fk FOREIGN KEY (id) REFERENCES b (id)) WITH SYSTEM VERSIONING;`,
  },
  {
    what: "foreign keys go, of two columns and of the first of these, which the primary key serves as well",
    from: `CREATE TABLE a (id int PRIMARY KEY);
           CREATE TABLE t (id int PRIMARY KEY, title int, UNIQUE KEY u (title, id),
             CONSTRAINT couple FOREIGN KEY (id, title) REFERENCES t (title, id), CONSTRAINT one FOREIGN KEY (id) REFERENCES a (id));`,
    to: "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, title int, UNIQUE KEY u (title, id));",
  },
  {
    what: "a foreign key of two columns goes, and one of the first of these stays, which the primary key serves as well",
    from: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));
           CREATE TABLE t (id int PRIMARY KEY, title int,
             CONSTRAINT two FOREIGN KEY (id, title) REFERENCES b (x, y), CONSTRAINT one FOREIGN KEY (id) REFERENCES a (id));`,
    to: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));
         CREATE TABLE t (id int PRIMARY KEY, title int, CONSTRAINT one FOREIGN KEY (id) REFERENCES a (id));`,
  },
  {
    what: "foreign keys go, of two columns and of the first of these, and nothing else serves either",
    from: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));
           CREATE TABLE t (id int PRIMARY KEY, p int, q int,
             CONSTRAINT a_two FOREIGN KEY (p, q) REFERENCES b (x, y), CONSTRAINT b_one FOREIGN KEY (p) REFERENCES a (id));`,
    to: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));
         CREATE TABLE t (id int PRIMARY KEY, p int, q int);`,
  },
  {
    what: "a foreign key of two columns goes, and nothing else serves one of the first of these",
    from: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));
           CREATE TABLE t (id int PRIMARY KEY, p int, q int,
             CONSTRAINT a_two FOREIGN KEY (p, q) REFERENCES b (x, y), CONSTRAINT b_one FOREIGN KEY (p) REFERENCES a (id));`,
    to: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));
         CREATE TABLE t (id int PRIMARY KEY, p int, q int, CONSTRAINT b_one FOREIGN KEY (p) REFERENCES a (id));`,
  },
  {
    what: "a foreign key of two columns goes, with an index that served it and one of the first of these",
    from: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));
           CREATE TABLE t (id int PRIMARY KEY, p int, q int, KEY k (p, q),
             CONSTRAINT a_two FOREIGN KEY (p, q) REFERENCES b (x, y), CONSTRAINT b_one FOREIGN KEY (p) REFERENCES a (id));`,
    to: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));
         CREATE TABLE t (id int PRIMARY KEY, p int, q int, CONSTRAINT b_one FOREIGN KEY (p) REFERENCES a (id));`,
  },
  {
    what: "foreign keys of two columns and of three go, and nothing else serves one of the first of these",
    from: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int, y int, z int, PRIMARY KEY (x, y, z));
           CREATE TABLE t (id int PRIMARY KEY, p int, q int, r int,
             CONSTRAINT a_three FOREIGN KEY (p, q, r) REFERENCES b (x, y, z), CONSTRAINT b_two FOREIGN KEY (p, q) REFERENCES b (x, y),
             CONSTRAINT c_one FOREIGN KEY (p) REFERENCES a (id));`,
    to: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int, y int, z int, PRIMARY KEY (x, y, z));
         CREATE TABLE t (id int PRIMARY KEY, p int, q int, r int, CONSTRAINT c_one FOREIGN KEY (p) REFERENCES a (id));`,
  },
  {
    what: "a table of Aria goes to the usual engine, and gets a key that is too long for Aria",
    from: "CREATE TABLE t (id int PRIMARY KEY) ENGINE = Aria;",
    to: "CREATE TABLE t (id int PRIMARY KEY, w varchar(700), UNIQUE KEY long_one (w)) ENGINE = InnoDB;",
  },
  {
    what: "a table gets another collation, and a foreign key of text points to it, and one from it to another table",
    from: `CREATE TABLE a (w varchar(20) PRIMARY KEY, up varchar(20), KEY up (up),
             CONSTRAINT own FOREIGN KEY (up) REFERENCES a (w)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_unicode_ci;
           CREATE TABLE b (w varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci, KEY w (w), CONSTRAINT out_of FOREIGN KEY (w) REFERENCES a (w));`,
    to: `CREATE TABLE a (w varchar(20) PRIMARY KEY, up varchar(20), KEY up (up),
           CONSTRAINT own FOREIGN KEY (up) REFERENCES a (w)) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin;
         CREATE TABLE b (w varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, KEY w (w), CONSTRAINT out_of FOREIGN KEY (w) REFERENCES a (w));`,
  },
  {
    what: "a key that another table refers to gets another name, while a computed column gets another name too",
    from: `CREATE TABLE t (id int NOT NULL, n int NOT NULL, old int AS (id + 1) VIRTUAL, PRIMARY KEY (id), UNIQUE KEY former (n));
           CREATE TABLE u (n int NOT NULL, KEY n (n), CONSTRAINT fk FOREIGN KEY (n) REFERENCES t (n));`,
    to: `CREATE TABLE t (id int NOT NULL, n int NOT NULL, fresh int AS (id + 1) VIRTUAL, UNIQUE KEY present (n));
         CREATE TABLE u (n int NOT NULL, KEY n (n), CONSTRAINT fk FOREIGN KEY (n) REFERENCES t (n));`,
    renames: [{ kind: "column", table: "t", from: "old", to: "fresh" }],
  },
  {
    what: "the index of a foreign key goes to another one, while a column becomes computed from one that comes",
    from: `CREATE TABLE a (id int PRIMARY KEY);
           CREATE TABLE t (id int PRIMARY KEY, list text NOT NULL, n int NOT NULL, UNIQUE KEY one (n), KEY two (list(10)),
             FOREIGN KEY (n) REFERENCES a (id)) WITH SYSTEM VERSIONING;`,
    to: `CREATE TABLE a (id int PRIMARY KEY);
         CREATE TABLE t (id int PRIMARY KEY, done text, list text AS (concat(done, '!')) VIRTUAL, n int NOT NULL, KEY n (n), KEY two (done(10)),
           FOREIGN KEY (n) REFERENCES a (id)) WITH SYSTEM VERSIONING;`,
  },
  {
    what: "a primary key to which the table refers goes to another one, and a unique one takes its place",
    from: `CREATE TABLE t (id int PRIMARY KEY, n int, w int AS (n + 1) STORED, FOREIGN KEY (id) REFERENCES t (id));`,
    to: `CREATE TABLE t (id int NOT NULL, n int NOT NULL, w bigint AS (n + 1) STORED, PRIMARY KEY (n, id), UNIQUE KEY u (id),
           FOREIGN KEY (id) REFERENCES t (id));`,
  },
  {
    // What CHAR gives depends on a setting, so that nothing that is stored may be computed from it.
    what: "a computed column is stored, and what it is computed from gets a type from which that may be",
    from: `CREATE TABLE t (id int PRIMARY KEY, word date AS (length(price)) VIRTUAL, price char(3), n int, CHECK (length(word) < 10));`,
    to: `CREATE TABLE t (id int PRIMARY KEY, word date AS (length(price)) STORED, price set('a','b'), n int, KEY on_n (n), CHECK (word <> 'odd'));`,
  },
  {
    // What is computed on read may not be computed from what comes behind it and is computed on read as well.
    what: "a column that was computed from one behind it is computed from a third one and stored, and so is the one behind it",
    from: `CREATE TABLE t (id int PRIMARY KEY, done text AS (coalesce(note, '-')) VIRTUAL, word text, note text NOT NULL DEFAULT 'x');`,
    to: `CREATE TABLE t (id int PRIMARY KEY, done text AS (coalesce(word, '-')) STORED, word text, note text AS (coalesce(word, '-')) VIRTUAL);`,
  },
  {
    what: "a column that refers to one of its own table, and follows its changes, ceases to allow NULL",
    from: "CREATE TABLE t (id int PRIMARY KEY, n int, UNIQUE KEY u (n), CONSTRAINT fk FOREIGN KEY (n) REFERENCES t (n) ON UPDATE CASCADE);",
    to: "CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL, UNIQUE KEY u (n), CONSTRAINT fk FOREIGN KEY (n) REFERENCES t (n) ON UPDATE CASCADE);",
  },
  {
    what: "a column and the one of another table whose changes it follows cease to allow NULL",
    from: `CREATE TABLE z (id int PRIMARY KEY, n int, UNIQUE KEY u (n));
           CREATE TABLE a (n int, CONSTRAINT fk FOREIGN KEY (n) REFERENCES z (n) ON UPDATE CASCADE);`,
    to: `CREATE TABLE z (id int PRIMARY KEY, n int NOT NULL, UNIQUE KEY u (n));
         CREATE TABLE a (n int NOT NULL, CONSTRAINT fk FOREIGN KEY (n) REFERENCES z (n) ON UPDATE CASCADE);`,
  },
  {
    what: "a table goes from an engine that has no keys of what is computed on read, and gets one",
    from: `CREATE TABLE t (id int PRIMARY KEY, done double, word text, UNIQUE KEY u (done, id)) ENGINE = Aria;`,
    to: `CREATE TABLE t (id int PRIMARY KEY, done double AS (length(word)) VIRTUAL, word text, UNIQUE KEY u (done, id)) ENGINE = InnoDB;`,
  },
  {
    what: "the index of a foreign key gives way to another one, while a column that was computed on read is made anew",
    from: `CREATE TABLE o (id int PRIMARY KEY);
           CREATE TABLE t (id int NOT NULL, title blob AS (length(note)) VIRTUAL, done int NOT NULL, seen datetime, note blob NOT NULL,
             PRIMARY KEY (done, id), UNIQUE KEY id (id, done), FOREIGN KEY (id) REFERENCES o (id), CHECK (seen <> 'odd'));`,
    to: `CREATE TABLE o (id int PRIMARY KEY);
         CREATE TABLE t (id int NOT NULL, title blob NOT NULL, done date AS (length(note)) VIRTUAL, seen json, note tinytext,
           FOREIGN KEY (id) REFERENCES o (id), CHECK (note <> 'odd'));`,
  },
  {
    what: "a table comes from an engine that made an index for a foreign key and no key, and gets the key",
    from: "CREATE TABLE t (id int PRIMARY KEY, up int, FOREIGN KEY (up) REFERENCES t (id)) ENGINE = Aria;",
    to: "CREATE TABLE t (id int PRIMARY KEY, up int, FOREIGN KEY (up) REFERENCES t (id));",
  },
  {
    what: "a key to which another table refers gives way to another one, and its column gets another name",
    from: `CREATE TABLE o (former int NOT NULL, seen date NOT NULL, UNIQUE KEY former (former));
           CREATE TABLE t (id int PRIMARY KEY, CONSTRAINT fk FOREIGN KEY (id) REFERENCES o (former));`,
    to: `CREATE TABLE o (id int NOT NULL, seen date, PRIMARY KEY (id), UNIQUE KEY id (id));
         CREATE TABLE t (id int PRIMARY KEY, CONSTRAINT fk FOREIGN KEY (id) REFERENCES o (id));`,
    renames: [{ kind: "column", table: "o", from: "former", to: "id" }],
  },
  {
    what: "a table comes from an engine with shorter keys, and its key gets longer than that engine takes",
    from: "CREATE TABLE t (id int PRIMARY KEY, w varchar(100), UNIQUE KEY u (w)) ENGINE = Aria DEFAULT CHARSET utf8mb4;",
    to: "CREATE TABLE t (id int PRIMARY KEY, w varchar(700), UNIQUE KEY u (w)) ENGINE = InnoDB DEFAULT CHARSET utf8mb4;",
  },
  {
    // A unique key of long text is kept as hashes, in which nobody finds what one of its columns is.
    what: "a unique key of long text comes, which begins with the column of a foreign key and cannot serve it",
    from: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE t (id int, note text, CONSTRAINT fk FOREIGN KEY (id) REFERENCES a (id));`,
    to: `CREATE TABLE a (id int PRIMARY KEY);
         CREATE TABLE t (id int, note text, UNIQUE KEY u (id, note), CONSTRAINT fk FOREIGN KEY (id) REFERENCES a (id));`,
  },
  {
    what: "a unique key gets too long to be kept as it is, and serves a foreign key no longer",
    from: `CREATE TABLE a (id int PRIMARY KEY);
           CREATE TABLE t (id int, w varchar(700), UNIQUE KEY u (id, w), CONSTRAINT fk FOREIGN KEY (id) REFERENCES a (id)) DEFAULT CHARSET utf8mb4;`,
    to: `CREATE TABLE a (id int PRIMARY KEY);
         CREATE TABLE t (id int, w varchar(900), UNIQUE KEY u (id, w), CONSTRAINT fk FOREIGN KEY (id) REFERENCES a (id)) DEFAULT CHARSET utf8mb4;`,
  },
  {
    what: "a table goes to an engine without foreign keys, and another one pointed to it",
    from: `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE z (id int PRIMARY KEY, CONSTRAINT fk FOREIGN KEY (id) REFERENCES a (id));`,
    to: `CREATE TABLE a (id int PRIMARY KEY) ENGINE = Aria; CREATE TABLE z (id int PRIMARY KEY);`,
  },
  {
    what: "three columns exchange their names, and a computed one follows them",
    from: "CREATE TABLE t (id int PRIMARY KEY, a int, b text, c date, g int AS (a + 1) STORED, KEY on_a (a));",
    to: "CREATE TABLE t (id int PRIMARY KEY, b int, c text, a date, g int AS (b + 1) STORED, KEY on_a (b));",
    renames: [
      { kind: "column", table: "t", from: "a", to: "b" },
      { kind: "column", table: "t", from: "b", to: "c" },
      { kind: "column", table: "t", from: "c", to: "a" },
    ],
  },
  {
    what: "a column of a foreign key, which was stored, is computed on read",
    from: `CREATE TABLE a (id int PRIMARY KEY);
           CREATE TABLE t (id int PRIMARY KEY, n int, g int AS (n + 1) STORED, CONSTRAINT fk FOREIGN KEY (g) REFERENCES a (id));`,
    to: `CREATE TABLE a (id int PRIMARY KEY);
         CREATE TABLE t (id int PRIMARY KEY, n int, g int AS (n + 1) VIRTUAL, CONSTRAINT fk FOREIGN KEY (g) REFERENCES a (id));`,
  },
];

testAwkwardChanges(
  { name: "MariaDB", dialect: mysql, check, createDatabase: () => createMariadbDatabase(), erase: eraseDatabase },
  CHANGES,
);

describe("NOT NULL on a TIMESTAMP with NULL, on MariaDB", () => {
  it("stops, where the server would write the time of the change", async (context) => {
    check(context);
    const database = await createMariadbDatabase(
      "CREATE TABLE t (id int PRIMARY KEY, seen timestamp(6) NULL)",
      "INSERT INTO t VALUES (1, NULL), (2, NULL), (3, '2026-01-01 00:00:00')",
    );
    const project = createTestProject();
    try {
      project.write("limbeck.config.ts", `export default { url: ${JSON.stringify(database.url)} };\n`);
      project.writeRevision("a1", null, "seen", { up: `await op.alterColumn("t", "seen", { nullable: false });` });
      const { exitCode, stderr } = await project.limbeck("upgrade head");
      expect(exitCode).toBe(EXIT_CODES.migrationFailed);
      expect(stderr).toContain("NULL in seen");
      expect(await database.rows("SELECT id FROM t WHERE seen IS NULL")).toHaveLength(2);
      await database.run("UPDATE t SET seen = '2026-01-02 00:00:00' WHERE seen IS NULL");
      expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    } finally {
      project.dispose();
      await database.drop();
    }
  });
});

describe("a computed column to which a foreign key points, on MariaDB", () => {
  it("is computed in another way only where no row points nowhere afterwards", async (context) => {
    check(context);
    const sql = (
      more: number,
    ): string => `CREATE TABLE t (id int PRIMARY KEY, g int AS (id + ${more}) STORED, UNIQUE KEY u (g));
      CREATE TABLE r (g int, CONSTRAINT fk FOREIGN KEY (g) REFERENCES t (g));`;
    const database = await createMariadbDatabase(sql(1), "INSERT INTO t (id) VALUES (1)", "INSERT INTO r VALUES (2)");
    const project = createTestProject();
    try {
      project.write(
        "limbeck.config.ts",
        `export default { url: ${JSON.stringify(database.url)}, models: "schema.sql" };\n`,
      );
      project.write("schema.sql", sql(5));
      project.write("migrations/versions/.gitkeep", "");
      expect(await project.limbeckJson("revision -m more --autogenerate")).toMatchObject({ exitCode: 0 });
      const { exitCode, stderr } = await project.limbeck("upgrade head");
      expect(exitCode).toBe(EXIT_CODES.migrationFailed);
      expect(stderr).toMatch(/foreign key constraint\s+fails/);
    } finally {
      project.dispose();
      await database.drop();
    }
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";

const check = requireMariadb();

let database: MariadbDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createMariadbDatabase();
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

async function expectOk(line: string): Promise<void> {
  const { exitCode, stdout, stderr } = await project.limbeck(line);
  expect(exitCode === 0 ? "" : `${line}\n${stdout}\n${stderr}`).toBe("");
}

/** What is left to do. */
async function findChanges(): Promise<readonly unknown[]> {
  const { data } = await project.limbeckJson("diff");
  // As the command's renderer of JSON writes it.
  return (data as { readonly changes: readonly unknown[] }).changes;
}

/** Writes a revision that leads from one state to another, runs it up and down, and looks whether anything is left to do. */
async function goThereAndBack(from: string, to: string, ...rows: readonly string[]): Promise<string> {
  await database.run(from, ...rows);
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
  project.write("schema.sql", to);
  await expectOk("revision --autogenerate -m change --rev-id a001 --no-rename");
  await expectOk("upgrade head");
  expect(await findChanges()).toEqual([]);
  await expectOk("downgrade base --allow-data-loss");
  project.write("schema.sql", from);
  const left = await findChanges();
  return left.length === 0 ? "nothing is left to do" : JSON.stringify(left);
}

describe("changes that MariaDB makes hard", () => {
  it.each([
    ["both sides of a foreign key get another type", "int", "bigint"],
    ["both sides lose their sign", "int", "int unsigned"],
    ["both sides get longer", "varchar(10)", "varchar(200)"],
    ["both sides compare otherwise", "varchar(10) COLLATE utf8mb4_bin", "varchar(10) COLLATE latin1_bin"],
  ])("%s", async (_, before, after) => {
    const write = (type: string): string =>
      `CREATE TABLE p (id ${type} NOT NULL PRIMARY KEY); CREATE TABLE a_child (id int PRIMARY KEY, p ${type}, q ${type},
        CONSTRAINT own FOREIGN KEY (p) REFERENCES p (id), FOREIGN KEY (q) REFERENCES p (id) ON DELETE CASCADE)`;
    expect(
      await goThereAndBack(
        write(before),
        write(after),
        "INSERT INTO p VALUES (1); INSERT INTO a_child VALUES (1, 1, NULL)",
      ),
    ).toBe("nothing is left to do");
    expect(await database.rows("SELECT COUNT(*) AS n FROM a_child WHERE p = 1")).toEqual([{ n: 1n }]);
  });

  it("a numbered primary key moves to another column", async () => {
    expect(
      await goThereAndBack(
        "CREATE TABLE t (a int NOT NULL AUTO_INCREMENT PRIMARY KEY, b int NOT NULL)",
        "CREATE TABLE t (a int NOT NULL, b int NOT NULL AUTO_INCREMENT PRIMARY KEY)",
        "INSERT INTO t VALUES (1, 2), (2, 3)",
      ),
    ).toBe("nothing is left to do");
  });

  it("an index that a foreign key needs makes way for another one", async () => {
    const table = (keys: string): string =>
      `CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int, n int, CONSTRAINT fk FOREIGN KEY (p) REFERENCES p (id)${keys})`;
    expect(await goThereAndBack(table(", KEY one (p, n)"), table(", UNIQUE KEY two (p)"))).toBe(
      "nothing is left to do",
    );
  });

  it("the last index that a foreign key needs goes", async () => {
    const table = (keys: string): string =>
      `CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int, n int, CONSTRAINT fk FOREIGN KEY (p) REFERENCES p (id)${keys})`;
    expect(await goThereAndBack(table(", KEY one (p, n)"), table(""))).toBe("nothing is left to do");
  });

  it("two tables that point to each other come and go", async () => {
    expect(
      await goThereAndBack(
        "CREATE TABLE kept (id int)",
        `CREATE TABLE kept (id int);
      CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int, CONSTRAINT to_a FOREIGN KEY (a) REFERENCES a (id));
      ALTER TABLE a ADD CONSTRAINT to_b FOREIGN KEY (b) REFERENCES b (id)`,
      ),
    ).toBe("nothing is left to do");
  });

  it("a table with everything that MODIFY could lose changes a little", async () => {
    const write = (type: string, rest: string): string =>
      `CREATE TABLE t (id int PRIMARY KEY, c ${type} CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s' COMMENT 'a "note"' CHECK (c <> ''),
        at timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp()${rest}, hidden int INVISIBLE)`;
    expect(
      await goThereAndBack(
        write("varchar(9)", ""),
        write("varchar(19)", " COMMENT 'when'"),
        "INSERT INTO t (id) VALUES (1)",
      ),
    ).toBe("nothing is left to do");
  });

  it("columns become virtual and are so no more", async () => {
    expect(
      await goThereAndBack(
        "CREATE TABLE t (id int PRIMARY KEY, v int AS (id * 2) VIRTUAL, s int AS (id * 3) STORED, p int, KEY iv (v), KEY vp (v, p))",
        "CREATE TABLE t (id int PRIMARY KEY, v int, s int AS (id * 4) VIRTUAL, p int AS (id + 1) STORED, KEY iv (v), KEY vp (v, p))",
      ),
    ).toBe("nothing is left to do");
  });

  it("a table gets another character set, partitions, former rows and an engine", async () => {
    expect(
      await goThereAndBack(
        "CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b text COLLATE utf8mb4_bin); CREATE TABLE u (id int); CREATE TABLE v (id int); CREATE TABLE w (id int)",
        `CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b text COLLATE utf8mb4_bin) DEFAULT CHARSET=latin1; CREATE TABLE u (id int) PARTITION BY HASH (id) PARTITIONS 4;
      CREATE TABLE v (id int) WITH SYSTEM VERSIONING; CREATE TABLE w (id int) ENGINE=MyISAM ROW_FORMAT=FIXED COMMENT='w'`,
        "INSERT INTO t VALUES (1, 'ä', '€')",
      ),
    ).toBe("nothing is left to do");
    expect(await database.rows("SELECT a, b FROM t")).toEqual([{ a: "ä", b: "€" }]);
  });

  it("views and triggers follow", async () => {
    expect(
      await goThereAndBack(
        `CREATE TABLE t (id int PRIMARY KEY, n int); CREATE VIEW v AS SELECT n FROM t WHERE n > 0; CREATE VIEW w AS SELECT * FROM v;
      CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.n = NEW.n + 1`,
        `CREATE TABLE t (id int PRIMARY KEY, m bigint); CREATE VIEW v AS SELECT m FROM t WHERE m > 0 WITH CHECK OPTION; CREATE VIEW w AS SELECT * FROM v;
      CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW BEGIN IF NEW.m IS NULL THEN SET NEW.m = 1; END IF; END`,
      ),
    ).toBe("nothing is left to do");
  });

  it.each([
    [
      "two columns that are computed from each other trade places",
      "CREATE TABLE t (id int PRIMARY KEY, a int, b int AS (a + 1) VIRTUAL)",
      "CREATE TABLE t (id int PRIMARY KEY, a int AS (b + 1) VIRTUAL, b int)",
    ],
    [
      "an index goes to another column when the foreign key that used it goes",
      "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int, KEY ix (id), FOREIGN KEY (id) REFERENCES p (id))",
      "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int, note int, KEY ix (note))",
    ],
    [
      "a column is computed no more, and what it was computed from goes, under a check",
      "CREATE TABLE t (id int PRIMARY KEY, a timestamp(6) NOT NULL, b varchar(9) AS (octet_length(a)) STORED, CHECK (b <> 'it'))",
      "CREATE TABLE t (id int PRIMARY KEY, b varchar(9), CHECK (b <> 'it'))",
    ],
    [
      "a column is numbered, and gets another key, while one is made anew",
      "CREATE TABLE t (id int NOT NULL, n int NOT NULL, d int AS (n + 1) VIRTUAL, PRIMARY KEY (n, id))",
      "CREATE TABLE t (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, d int)",
    ],
  ])("%s", async (_, before, after) => {
    expect(await goThereAndBack(before, after)).toBe("nothing is left to do");
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readText } from "../../src/dialects/mysql/driver/read-text.ts";
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

function useSchema(sql: string): void {
  project.write("schema.sql", sql);
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
}

async function expectOk(...lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const run = await project.limbeck(line);
    expect({ line, ...run }).toEqual({ ...run, line, exitCode: 0 });
  }
}

async function readTable(): Promise<string> {
  const [row] = await database.rows("SHOW CREATE TABLE logs");
  return readText(row, "Create Table");
}

const KEYS = [
  { kind: "HASH", key: (column: string) => `PARTITION BY HASH (${column}) PARTITIONS 2` },
  {
    kind: "RANGE",
    // A part is called like the column, and is not it.
    key: (column: string) =>
      `PARTITION BY RANGE COLUMNS (${column}) (PARTITION place VALUES LESS THAN (5), PARTITION rest VALUES LESS THAN (MAXVALUE))`,
  },
] as const;

describe.each(KEYS)("a column by which a table is partitioned, by $kind", ({ key }) => {
  it("gets another name and its old one back, with all rows", { timeout: 60_000 }, async () => {
    const table = (column: string): string =>
      `CREATE TABLE logs (id int NOT NULL, ${column} int NOT NULL, PRIMARY KEY (id, ${column})) ${key(column)};`;
    useSchema(table("place"));
    await expectOk("revision --autogenerate -m first --rev-id a1", "upgrade head");
    const before = await readTable();
    await database.run("INSERT INTO logs VALUES (1, 1), (2, 2), (3, 30)");
    useSchema(table("spot"));
    await expectOk("revision --autogenerate -m second --rev-id a2 --rename logs.place:logs.spot", "upgrade head");
    await expectOk("check");
    expect(await database.rows("SELECT id, spot FROM logs ORDER BY id")).toEqual([
      { id: 1, spot: 1 },
      { id: 2, spot: 2 },
      { id: 3, spot: 30 },
    ]);
    await expectOk("downgrade -1");
    expect(await readTable()).toBe(before);
    expect(await database.rows("SELECT count(*) AS n FROM logs")).toEqual([{ n: 3n }]);
  });
});

describe("a table of the Aria engine", () => {
  it("keeps what somebody has said of it", { timeout: 60_000 }, async () => {
    useSchema("CREATE TABLE logs (id int) ENGINE=Aria;");
    await expectOk("revision --autogenerate -m first --rev-id a1", "upgrade head");
    const before = await readTable();
    for (const [index, said] of ["TRANSACTIONAL=1", "TRANSACTIONAL=0"].entries()) {
      useSchema(`CREATE TABLE logs (id int) ENGINE=Aria ${said};`);
      await expectOk(`revision --autogenerate -m other --rev-id b${index}`, "upgrade head", "check");
      expect(await readTable()).toContain(said);
    }
    await expectOk("downgrade a1");
    expect(await readTable()).toBe(before);
  });
});

describe("a column with a check of its own", () => {
  it(
    "is still what it is under another name, and beside a new column of the old one",
    { timeout: 60_000 },
    async () => {
      const table = (columns: string): string => `CREATE TABLE logs (id int PRIMARY KEY, ${columns});`;
      const [body, size] = ["json NOT NULL", "int CHECK (size > 0)"];
      useSchema(table(`body ${body}, size ${size}`));
      await expectOk("revision --autogenerate -m first --rev-id a1", "upgrade head");
      const before = await readTable();
      useSchema(table(`notes ${body}, size ${size}, body int`));
      const answers = "--rename logs.body:logs.notes --no-rename";
      await expectOk(`revision --autogenerate -m second --rev-id a2 ${answers}`, "upgrade head", "check");
      await expectOk("downgrade -1");
      expect(await readTable()).toBe(before);
      useSchema(table(`body ${body}, size ${size}`));
      expect(await project.limbeck("diff")).toMatchObject({ exitCode: 0, stdout: "" });
    },
  );
});

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

/** Node loads a module once, so that every state of the models is a file of its own. */
function useModels(name: string, columns: string, options: string): void {
  project.write(
    "limbeck.config.ts",
    `export default { url: "${database.url}", models: () => import("./${name}.ts") };\n`,
  );
  project.write(
    `${name}.ts`,
    `import { integer, table, tableOptions, varchar } from "limbeck/schema";
    export const prices = table("prices", { id: integer().primaryKey(), ${columns} }, [${options}]);\n`,
  );
}

const VERSIONED = "tableOptions({ mysql: { systemVersioned: true } })";

async function expectOk(line: string): Promise<string> {
  const run = await project.limbeck(line);
  expect({ line, ...run }).toEqual({ ...run, line, exitCode: 0 });
  return run.stderr.replaceAll(/\s+/g, " ");
}

async function countAll(): Promise<number> {
  return Number((await database.rows("SELECT count(*) AS n FROM prices FOR SYSTEM_TIME ALL"))[0]?.["n"]);
}

/** Two rows that count, and three that did. */
const HISTORY = [
  "INSERT INTO prices (id, price) VALUES (1, 10), (2, 20), (3, 30)",
  "UPDATE prices SET price = price + 1 WHERE id < 3",
  "DELETE FROM prices WHERE id = 3",
];

describe("former rows of a table", { timeout: 120_000 }, () => {
  it("go with the versioning only where that was agreed to", async () => {
    useModels("plain", "price: integer()", "");
    await expectOk("revision --autogenerate -m plain --rev-id a001");
    useModels("versioned", "price: integer()", VERSIONED);
    await expectOk("upgrade head");
    await expectOk("revision --autogenerate -m versioned --rev-id a002");
    await expectOk("upgrade head");
    await database.run(...HISTORY);
    expect(await countAll()).toBe(5);

    const refused = await project.limbeck("downgrade -1");
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("3 former rows of prices") });
    expect(await countAll()).toBe(5);

    useModels("without", "price: integer()", "");
    const diff = await project.limbeckJson("diff");
    expect(diff["changes"] ?? diff["data"]).toMatchObject({
      changes: [{ kind: "setTableOptions", dataLoss: "the former rows of prices" }],
    });
    const told = await expectOk("revision --autogenerate -m without --rev-id a003");
    expect(told).toContain("The upgrade destroys the former rows of prices.");
    expect(await expectOk("upgrade head")).toContain("Destroys 3 former rows of prices.");
    expect(await database.rows("SELECT count(*) AS n FROM prices")).toEqual([{ n: 2n }]);
    await expectOk("downgrade -1");
    await expectOk("downgrade -1 --allow-data-loss");
  });

  it("are counted where the table goes, or a column does", async () => {
    useModels("versioned", "price: integer()", VERSIONED);
    await expectOk("revision --autogenerate -m versioned --rev-id a001");
    await expectOk("upgrade head");
    await database.run(...HISTORY);
    useModels("more", "price: integer(), note: varchar(9)", VERSIONED);
    await expectOk("revision --autogenerate -m more --rev-id a002");
    await expectOk("upgrade head");
    // Nothing has happened to the former rows.
    expect(await countAll()).toBe(5);
    await database.run("UPDATE prices SET note = 'x'", "UPDATE prices SET note = NULL");
    const column = await project.limbeck("downgrade -1");
    expect(column).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("2 values of prices.note, 2 former ones among them"),
    });
    await expectOk("downgrade -1 --allow-data-loss");
    expect(await countAll()).toBe(9);

    await database.run("DELETE FROM prices");
    const whole = await project.limbeck("downgrade base");
    expect(whole).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("all 9 rows of prices, 9 former ones among them"),
    });
  });

  it("are missed by `limbeck test`", async () => {
    useModels("versioned", "price: integer()", VERSIONED);
    await expectOk("revision --autogenerate -m versioned --rev-id a001");
    await expectOk("upgrade head");
    useModels("without", "price: integer()", "");
    await expectOk("revision --autogenerate -m without --rev-id a002");
    const run = await project.limbeck("test");
    expect(run.stdout + run.stderr).toContain("former rows of prices");
  });
});

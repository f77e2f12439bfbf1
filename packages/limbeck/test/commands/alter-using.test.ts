import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import { createSqliteDatabase } from "../support/sqlite-database.ts";

const REWRITING = [
  { name: "SQLite", check: () => undefined, create: createSqliteDatabase },
  { name: "PostgreSQL", check: requirePostgres(), create: createPostgresDatabase },
] as const;
const checkMariadb = requireMariadb();

let project: TestProject;
let drop: () => Promise<void> = async () => undefined;

beforeEach(() => {
  project = createTestProject();
  project.writeRevision("a1", null, "make", {
    up: `await op.createTable("t", { id: integer().primaryKey(), weight: text() });`,
    down: `await op.dropTable("t");`,
  });
});

afterEach(async () => {
  project.dispose();
  await drop();
  drop = async () => undefined;
});

const alter = (changes: string): string => `await op.alterColumn("t", "weight", ${changes});`;

/** Opens a database in which the first revision ran, and two rows are. */
async function start(create: typeof createSqliteDatabase): ReturnType<typeof createSqliteDatabase> {
  const database = await create();
  drop = database.drop;
  project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
  await project.limbeck("upgrade a1");
  await database.run("INSERT INTO t VALUES (1, '5 kg'), (2, NULL)");
  return database;
}

describe.each(REWRITING)("a change of type with an expression on $name", { timeout: 60_000 }, ({ check, create }) => {
  const USING = `using: "cast(coalesce(replace(weight, ' kg', ''), '0') as integer)"`;

  it("gives each row the value of the expression, and the way back converts", async (context) => {
    check(context);
    const database = await start(create);
    project.writeRevision("a2", "a1", "weigh", {
      up: alter(`{ type: integer(), nullable: false, ${USING} }`),
      down: alter(`{ type: text(), nullable: true, using: "weight || ' kg'" }`),
    });
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    const select = "SELECT id, weight FROM t ORDER BY id";
    expect(await database.rows(select)).toEqual([
      { id: 1, weight: 5 },
      { id: 2, weight: 0 },
    ]);
    expect((await project.limbeck("upgrade a1:a2 --sql")).stdout).toContain("' kg', ''");
    expect(await project.limbeck("downgrade -1")).toMatchObject({ exitCode: 0 });
    expect(await database.rows(select)).toEqual([
      { id: 1, weight: "5 kg" },
      { id: 2, weight: "0 kg" },
    ]);
  });

  it("stops where the expression gives NULL to a column that refuses it, and changes nothing", async (context) => {
    check(context);
    const database = await start(create);
    project.writeRevision("a2", "a1", "weigh", {
      up: alter(`{ type: integer(), nullable: false, using: "cast(replace(weight, ' kg', '') as integer)" }`),
      down: "",
    });
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 7 });
    expect(await database.rows("SELECT weight FROM t WHERE id = 1")).toEqual([{ weight: "5 kg" }]);
  });
});

it("is refused by MariaDB, which has no such statement, with what to do instead", async (context) => {
  checkMariadb(context);
  await start(createMariadbDatabase);
  project.writeRevision("a2", "a1", "weigh", { up: alter(`{ type: integer(), using: "0" }`), down: "" });
  const run = await project.limbeck("upgrade head");
  expect(run).toMatchObject({ exitCode: 7, stderr: expect.stringContaining("op.execute") });
});

it.each([
  [`{ using: "0" }`, `beside the "type"`],
  [`{ type: integer(), using: 3 }`, "SQL expression"],
  [`{ type: integer(), postgresqlUsing: "0" } as never`, "write using instead"],
])("names what is wrong with %s", async (changes, words) => {
  await start(createSqliteDatabase);
  project.writeRevision("a2", "a1", "weigh", { up: alter(changes), down: "" });
  const { exitCode, stderr } = await project.limbeck("upgrade head");
  expect({ exitCode, stderr: stderr.replaceAll(/\s+/g, " ") }).toEqual({
    exitCode: 7,
    stderr: expect.stringContaining(words),
  });
});

import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mysql } from "../../src/dialects/mysql/index.ts";
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
function writeModels(name: string, ...models: readonly string[]): void {
  const imports = `import { definedObject, integer, sequence, table, trigger, varchar, view } from "limbeck/schema";`;
  const words = models.map((model, index) => `export const model${index} = ${model};`);
  project.write(`${name}.ts`, [imports, ...words].join("\n"));
  project.write(
    "limbeck.config.ts",
    `export default { url: "${database.url}", models: () => import("./${name}.ts") };\n`,
  );
}

async function expectOk(...lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const run = await project.limbeck(line);
    expect({ line, ...run }).toMatchObject({ line, exitCode: 0 });
  }
}

const TODOS = `table("todos", { id: integer().primaryKey(), title: varchar(99).notNull() })`;
const touch = (name: string, body: string): string =>
  `trigger("${name}", { table: "todos", definition: "CREATE TRIGGER ${name} BEFORE INSERT ON todos FOR EACH ROW ${body}" })`;

describe("triggers on MariaDB that fire at the same time", () => {
  const add = (letter: string): string => `SET NEW.title = concat(NEW.title, '${letter}')`;

  async function insert(id: number): Promise<unknown> {
    await database.run(`INSERT INTO todos VALUES (${id}, '')`);
    const [row] = await database.rows(`SELECT title FROM todos WHERE id = ${id}`);
    return row?.["title"];
  }

  it("fire in the order that models give them, after one of them has changed too, and back", async () => {
    const later = [touch("before_it", `FOLLOWS starts ${add("b")}`), touch("at_last", `FOLLOWS before_it ${add("c")}`)];
    writeModels("first", TODOS, touch("starts", add("a")), ...later);
    await expectOk("revision --autogenerate -m first --rev-id a1", "upgrade head", "check");
    expect(await insert(1)).toBe("abc");

    writeModels("second", TODOS, touch("starts", add("A")), ...later);
    await expectOk("revision --autogenerate -m second --rev-id a2", "upgrade head", "check");
    expect(await insert(2)).toBe("Abc");
    await expectOk("downgrade -1");
    expect(await insert(3)).toBe("abc");
  });
});

describe("events on MariaDB", () => {
  it("count from their creation where models do not say from when, which is no difference", async () => {
    const event = `definedObject("event", "nightly", "CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM todos")`;
    writeModels("models", TODOS, event);
    await expectOk("revision --autogenerate -m first --rev-id a1", "upgrade head");
    // The clock of the server has moved on, and that of the next scratch database is a later one.
    await setTimeout(1100);
    await expectOk("check", "test");
    expect(
      await database.rows("SELECT EVENT_NAME, STATUS FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()"),
    ).toEqual([{ EVENT_NAME: "nightly", STATUS: "ENABLED" }]);
  });
});

describe("an event on MariaDB that was made in another time zone", () => {
  const EVENT = `CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 03:00:00' DO DELETE FROM todos`;

  async function makeIn(timeZone: string): Promise<void> {
    await database.run(
      "CREATE TABLE todos (id int PRIMARY KEY, title varchar(99) NOT NULL)",
      `SET time_zone = '${timeZone}'; ${EVENT}`,
    );
    writeModels("models", TODOS, `definedObject("event", "nightly", ${JSON.stringify(EVENT)})`);
  }

  it("is another one where clocks show something else", async () => {
    await makeIn("+02:00");
    expect((await project.limbeck("diff")).stdout).toContain("event nightly");
  });
});

describe("routines on MariaDB", () => {
  it("give a revision the rows of their first query, and go on to their end", async () => {
    writeModels("none");
    project.writeRevision("a1", null, "procedure", {
      up: `await op.createTable("t", { id: integer() });
        await op.createObject("procedure", "find_two", "CREATE PROCEDURE find_two() BEGIN SELECT 1 AS one UNION ALL SELECT 2; INSERT INTO t VALUES (3); SELECT 'x' AS y; INSERT INTO t VALUES (4); END");
        const rows = await op.query("CALL find_two()");
        await op.execute("CALL find_two()");
        await op.execute("INSERT INTO t VALUES (" + rows.length + ")");`,
    });
    await expectOk("upgrade head");
    expect(await database.rows("SELECT id FROM t")).toEqual([3, 4, 3, 4, 2].map((id) => ({ id })));
  });

  it("are replaced in their place, with the views that call them, and lose no rows", async () => {
    const twice = (body: string): string =>
      `definedObject("function", "twice", "CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC BEGIN /* so; */ RETURN ${body}; END")`;
    const rest = [
      TODOS,
      `view("doubled", "SELECT twice(id) AS two FROM todos")`,
      `sequence("numbers", { start: "5" })`,
    ];
    writeModels("first", twice("n * 2"), ...rest);
    await expectOk("revision --autogenerate -m first --rev-id a1", "upgrade head", "check");
    await database.run("INSERT INTO todos VALUES (NEXT VALUE FOR numbers, 'a')");
    expect(await database.rows("SELECT two FROM doubled")).toEqual([{ two: 10 }]);
    writeModels("second", twice("n * 3"), ...rest);
    const { stdout } = await project.limbeck("diff");
    expect(stdout).toContain("CREATE OR REPLACE FUNCTION");
    expect(stdout).not.toContain("VIEW");
    await expectOk("revision --autogenerate -m second --rev-id a2", "upgrade head", "check", "test");
    expect(await database.rows("SELECT two FROM doubled")).toEqual([{ two: 15 }]);
    await expectOk("downgrade base --allow-data-loss");
    expect(
      await database.rows("SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()"),
    ).toEqual([]);
  });
});

describe("what a user may not look at", () => {
  it("is reported, and not taken for something empty", async () => {
    const user = `limbeck_${database.name.slice(-6)}`;
    await database.run(
      "CREATE TABLE t (id int)",
      "CREATE VIEW v AS SELECT id FROM t",
      "CREATE FUNCTION f() RETURNS int RETURN 1",
      "CREATE PROCEDURE p() BEGIN END",
      `CREATE USER '${user}'@'%'`,
      `GRANT SELECT, EXECUTE ON \`${database.name}\`.* TO '${user}'@'%'`,
    );
    try {
      const connection = await mysql.connect(database.url.replace(/\/\/[^@]*@/, `//${user}@`));
      const { schema, unmanaged } = await mysql.introspect(connection);
      await connection.close();
      expect(schema).toMatchObject({ tables: [{ name: "t" }], views: [], objects: [] });
      expect(unmanaged.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
        "function f",
        "procedure p",
        "view v",
      ]);
    } finally {
      await database.run(`DROP USER '${user}'@'%'`);
    }
  });
});

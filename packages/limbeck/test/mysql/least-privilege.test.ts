import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, MARIADB_URL, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";

const check = requireMariadb();

const MODELS = `import { boolean, date, decimal, index, integer, json, raw, table, text, timestamp, varchar, view } from "limbeck/schema";
export const lists = table("lists", {
  id: integer().primaryKey().autoIncrement(),
  name: varchar(50).notNull().unique(),
  kind: varchar(10).notNull().default("a").check("kind IN ('a','b')"),
});
export const todos = table("todos", {
  id: integer().primaryKey().autoIncrement(),
  list_id: integer().notNull().references("lists", "id", { onDelete: "cascade", onUpdate: "restrict" }),
  title: varchar(255).notNull().check("title <> ''").comment("what's to do"),
  done: boolean().notNull().default(false),
  cost: decimal(10, 2).default(1.5),
  size: integer().default(3).check("size BETWEEN 1 AND 9"),
  flags: raw("int(10) unsigned"),
  due: date(),
  twice: integer().generatedAs("size * 2", { storage: "stored" }),
  body: text(),
  meta: json().notNull().default({ tags: ["it's"] }),
  created_at: timestamp({ timezone: true }).notNull().defaultNow(),
}, [index(["list_id", "due"]), index(["body"])]);
export const open = view("open_todos", "select id, title from todos where done = false and (size > 2 or due is null)");
`;

let database: MariadbDatabase;
let project: TestProject;
let user: string;

/** The database as somebody sees it who has all rights on it, and on no other one. */
let url: string;

async function onServer(...statements: readonly string[]): Promise<void> {
  const server = await mysql.connect(MARIADB_URL);
  for (const statement of statements) await server.execute(statement);
  await server.close();
}

beforeEach(async (context) => {
  check(context);
  database = await createMariadbDatabase();
  user = `limbeck_${randomBytes(6).toString("hex")}`;
  const name = database.name.replaceAll("_", String.raw`\_`);
  await onServer(
    `CREATE USER '${user}'@'%' IDENTIFIED BY 'p'`,
    `CREATE USER '${user}'@'localhost' IDENTIFIED BY 'p'`,
    `GRANT ALL ON \`${name}\`.* TO '${user}'@'%'`,
    `GRANT ALL ON \`${name}\`.* TO '${user}'@'localhost'`,
  );
  const address = new URL(database.url);
  address.username = user;
  address.password = "p";
  url = address.href;
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(async () => {
  project.dispose();
  await database.drop();
  await onServer(`DROP USER IF EXISTS '${user}'@'%', '${user}'@'localhost'`);
});

/** Node loads a module once, so that every state of the models is a file of its own. */
function useModels(name: string, text: string, more = ""): void {
  project.write(
    "limbeck.config.ts",
    `export default { url: "${url}", models: () => import("./${name}.ts")${more} };\n`,
  );
  project.write(`${name}.ts`, text);
}

async function expectOk(line: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const run = await project.limbeck(line);
  expect({ line, ...run }).toEqual({ ...run, line, exitCode: 0 });
  return { ...run, stderr: run.stderr.replaceAll(/\s+/g, " ") };
}

const textsOf = (run: Readonly<Record<string, unknown>>): readonly string[] =>
  (run["data"] as { readonly changes: readonly { readonly text: string }[] }).changes.map(({ text }) => text);

describe("a user with rights on one database", { timeout: 120_000 }, () => {
  it("generates a revision that says it is unproven, and finds no difference afterwards", async () => {
    useModels("models", MODELS);
    const written = await expectOk("revision --autogenerate -m initial --rev-id a001");
    expect(written.stderr).toContain("Compared without a scratch database. No scratch database may be created beside");
    expect(written.stderr).not.toContain("Proven on");
    expect(project.read(written.stdout.trim())).toContain(" * Unproven: it was not tried on a scratch database.");
    expect(project.read(written.stdout.trim())).not.toContain(":p@");
    await expectOk("upgrade head");
    expect(textsOf(await project.limbeckJson("check"))).toEqual([]);

    const changed = MODELS.replace("varchar(255)", "varchar(99)").replace("1 AND 9", "1 AND 99");
    useModels(
      "changed",
      changed.replace("due: date(),", "due: date(), more: text(),").replace("default(3)", "default(4)"),
    );
    expect(textsOf(await project.limbeckJson("diff")).toSorted()).toEqual([
      expect.stringMatching(/^add check .*size/),
      "add column more to todos",
      "change type of todos.title from varchar(255) to varchar(99)",
      expect.stringMatching(/^drop check .*size/),
      "set default of todos.size to 4",
    ]);
    await expectOk("revision --autogenerate -m change --rev-id a002");
    await expectOk("upgrade head");
    expect(textsOf(await project.limbeckJson("check"))).toEqual([]);
    await expectOk("downgrade base");
  });

  it("fails where a proof is required", async () => {
    useModels("models", MODELS, ", requireProof: true");
    for (const line of ["revision --autogenerate -m initial", "check", "diff"]) {
      expect(await project.limbeck(line)).toMatchObject({ exitCode: 6, stderr: expect.stringContaining("LB1108") });
    }
  });
});

describe("a user who is not shown everything", { timeout: 120_000 }, () => {
  /** A schema in SQL with one object of each kind that may be hidden. */
  const SCRIPT = `
    CREATE TABLE todos (id int PRIMARY KEY, title varchar(50));
    CREATE VIEW titles AS SELECT title FROM todos;
    CREATE TRIGGER trimmed BEFORE INSERT ON todos FOR EACH ROW SET NEW.title = trim(NEW.title);
    CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC RETURN n * 2;
    CREATE PROCEDURE tidy() DELETE FROM todos WHERE title = '';
    CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DO DELETE FROM todos WHERE title = '';
    CREATE SEQUENCE numbers;
  `;
  const drops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const drop of drops.splice(0)) await drop();
  });

  const PLAIN = "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, CREATE VIEW";
  const HIDDEN = ["event nightly", "function twice", "procedure tidy", "trigger trimmed", "view titles"];

  async function start(script: string, ...grants: readonly string[]): Promise<void> {
    await database.run(script.replaceAll(/^ +/gm, ""));
    const name = database.name.replaceAll("_", String.raw`\_`);
    const all = [`'${user}'@'%'`, `'${user}'@'localhost'`];
    await onServer(
      ...all.map((who) => `REVOKE ALL ON \`${name}\`.* FROM ${who}`),
      ...all.flatMap((who) => grants.map((grant) => `GRANT ${grant.replace("DB", `\`${name}\``)} TO ${who}`)),
    );
    project.write("schema.sql", script);
    // This user may create no scratch database.
    const scratch = await createMariadbDatabase();
    drops.push(scratch.drop);
    const config = { url, models: "schema.sql", scratch: scratch.url };
    project.write("limbeck.config.ts", `export default ${JSON.stringify(config)};\n`);
  }

  async function readDiff(): Promise<{ readonly texts: readonly string[]; readonly unmanaged: readonly string[] }> {
    const run = await project.limbeckJson("diff");
    const data = run["data"] as { readonly unmanaged: readonly { readonly kind: string; readonly name: string }[] };
    return {
      texts: textsOf(run),
      unmanaged: data.unmanaged.map(({ kind, name }) => `${kind} ${name}`).toSorted(),
    };
  }

  it("is told of what is not shown, and proposed nothing about it", async () => {
    await start(SCRIPT, `${PLAIN} ON DB.*`);
    const { texts, unmanaged } = await readDiff();
    expect(texts).toEqual([]);
    expect(unmanaged).toEqual(HIDDEN);
    const { stdout, stderr } = await project.limbeck("diff");
    expect(stdout + stderr).toContain("the server does not show");
  });

  it("is proposed what really is not there", async () => {
    await start(SCRIPT, `${PLAIN}, TRIGGER, EVENT, EXECUTE, SHOW VIEW ON DB.*`);
    await database.run("DROP EVENT nightly", "DROP TRIGGER trimmed", "DROP VIEW titles");
    const { texts, unmanaged } = await readDiff();
    expect(texts.toSorted()).toEqual(["create event nightly", "create trigger trimmed on todos", "create view titles"]);
    // Bodies are shown to those whose routines they are.
    expect(unmanaged).toEqual(["function twice", "procedure tidy"]);
  });

  it.each([
    ["the database", "*"],
    ["tables", "lists, todos"],
  ])("is told apart what constraints do where nothing but SELECT on %s is granted", async (_, things) => {
    const script = `
      CREATE TABLE lists (id int PRIMARY KEY, parent_id int, size int CHECK (size > 0), UNIQUE KEY sizes (size),
        CONSTRAINT nested FOREIGN KEY (parent_id) REFERENCES lists (id) ON DELETE SET NULL ON UPDATE NO ACTION);
      CREATE TABLE todos (id int PRIMARY KEY, list_id int, other_id int, size int CHECK (size <> 7), CONSTRAINT small CHECK (id < 1000),
        CONSTRAINT listed FOREIGN KEY (list_id) REFERENCES lists (id) ON UPDATE CASCADE ON DELETE CASCADE,
        CONSTRAINT plain FOREIGN KEY (other_id) REFERENCES lists (id));
    `;
    await start(script);
    for (const host of ["%", "localhost"]) {
      const grants = things
        .split(", ")
        .map((thing) => `GRANT SELECT ON ${database.name}.${thing} TO '${user}'@'${host}'`);
      await onServer(...grants);
    }
    expect((await readDiff()).texts).toEqual([]);
    await database.run(
      "ALTER TABLE lists DROP FOREIGN KEY nested",
      "ALTER TABLE lists ADD CONSTRAINT nested FOREIGN KEY (parent_id) REFERENCES lists (id) ON DELETE CASCADE",
    );
    await database.run("ALTER TABLE todos DROP CONSTRAINT small");
    expect((await readDiff()).texts.toSorted()).toEqual([
      expect.stringMatching(/^add check small/),
      expect.stringMatching(/^add foreign key nested/),
      expect.stringMatching(/^drop foreign key nested/),
    ]);
  });

  it("has rights through a role as well", async () => {
    const role = `role_${user}`;
    await onServer(`CREATE ROLE ${role}`);
    try {
      await start(SCRIPT, `${PLAIN} ON DB.*`);
      const name = database.name.replaceAll("_", String.raw`\_`);
      await onServer(
        `GRANT EVENT, TRIGGER, EXECUTE, SHOW VIEW ON \`${name}\`.* TO ${role}`,
        ...["%", "localhost"].flatMap((host) => [
          `GRANT ${role} TO '${user}'@'${host}'`,
          `SET DEFAULT ROLE ${role} FOR '${user}'@'${host}'`,
        ]),
      );
      await database.run("DROP EVENT nightly", "DROP PROCEDURE tidy");
      const { texts, unmanaged } = await readDiff();
      expect(texts.toSorted()).toEqual(["create event nightly", "create procedure tidy"]);
      expect(unmanaged).toEqual(["function twice"]);
    } finally {
      await onServer(`DROP ROLE ${role}`);
    }
  });
});

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RevisionResult } from "../../src/commands/revision.ts";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
});

afterEach(() => project.dispose());

it("a letter beyond ASCII in the other case makes another name, which SQLite would not find", async () => {
  const open = (): DatabaseSync => new DatabaseSync(join(project.folder, "app.db"));
  project.write("migrations/versions/.gitkeep", "");
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: "schema.sql" };`);
  const writeSchema = (table: string, column: string): void =>
    project.write("schema.sql", `CREATE TABLE ${table} (id INTEGER PRIMARY KEY, ${column} TEXT);`);
  writeSchema("Öle", "Änderung");
  await project.limbeck("revision -m first --autogenerate");
  await project.limbeck("upgrade head");
  let database = open();
  database.exec("INSERT INTO Öle VALUES (1, 'kept')");
  database.close();

  writeSchema("öle", "änderung");
  expect(await project.limbeckJson("check")).toMatchObject({ error: { code: "LB1010" } });
  await project.limbeck("revision -m second --autogenerate --rename Öle:öle --rename öle.Änderung:öle.änderung");
  await project.limbeck("upgrade head");
  expect((await project.limbeck("check")).exitCode).toBe(0);
  database = open();
  expect(database.prepare("SELECT änderung FROM öle").all()).toEqual([{ änderung: "kept" }]);
  database.close();
});

const FULL_TABLE = (table: string, column: string): string => `
CREATE TABLE lists (id INTEGER PRIMARY KEY);
CREATE TABLE ${table} (
  id INTEGER PRIMARY KEY,
  ${column} INTEGER NOT NULL DEFAULT 1,
  double_of INTEGER GENERATED ALWAYS AS (${column} * 2) VIRTUAL,
  list_id INTEGER REFERENCES lists (id),
  CHECK (${column} > 0)
);
CREATE INDEX ix_positive ON ${table} (${column} + 1) WHERE ${column} > 5;
CREATE VIEW dear AS SELECT id FROM ${table} WHERE ${column} > 100;
CREATE TRIGGER keep AFTER UPDATE OF ${column} ON ${table} BEGIN SELECT ${column} FROM ${table}; END;
`;

describe("renaming what checks, generated columns, indexes, views and triggers speak of", () => {
  // SQLite writes the new name into their texts with quotation marks, which the target does not have.
  const writeSchema = (sql: string): void => {
    project.write("schema.sql", sql);
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: "schema.sql" };`);
  };

  beforeEach(async () => {
    project.write("migrations/versions/.gitkeep", "");
    writeSchema(FULL_TABLE("items", "price"));
    await project.limbeck("revision -m first --autogenerate");
    await project.limbeck("upgrade head");
  });

  it.each([
    ["a column", FULL_TABLE("items", "cost"), "--rename items.price:items.cost", "renameColumn"],
    ["a table", FULL_TABLE("goods", "price"), "--rename items:goods", "renameTable"],
  ])("is proven for %s, is no difference afterwards, and is reversible", async (_, sql, flag, kind) => {
    writeSchema(sql);
    // The shape is checked by what is looked at below.
    const { data } = await project.limbeckJson(`revision -m renamed --autogenerate ${flag}`);
    expect(data).toMatchObject({ proof: "proven" });
    // Views and triggers that speak of it are made anew around it; nothing else is.
    const { changes } = data as RevisionResult;
    expect(changes.map((change) => change.kind)).toEqual([
      "dropTrigger",
      "dropView",
      kind,
      "createView",
      "createTrigger",
    ]);
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeck("check")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("test head")).toMatchObject({
      exitCode: 0,
      data: { revisions: [{ verdict: "reversible" }] },
    });
  });
});

it("gives back a check that came with a rename and speaks of the new name", async () => {
  await startFrom('CREATE TABLE o (id INTEGER, former TEXT, CHECK ("former" <> 1));');
  project.write("schema.sql", "CREATE TABLE o (id INTEGER, done TEXT, CHECK (done IS NOT NULL OR done IS NULL));");
  const { data } = await project.limbeckJson("revision -m renamed --autogenerate --rename o.former:o.done");
  expect(data).toMatchObject({ proof: "proven" });
});

/** A project whose database has the tables of some SQL, made by its first revision. */
async function startFrom(sql: string): Promise<void> {
  project.write("migrations/versions/.gitkeep", "");
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: "schema.sql" };`);
  project.write("schema.sql", sql);
  await project.limbeck("revision -m first --autogenerate");
  await project.limbeck("upgrade head");
}

interface Question {
  readonly kind: string;
  readonly answer: string;
  readonly flag: string;
  readonly given?: string;
}

/** The questions that a command leaves open. */
async function readQuestions(line: string): Promise<readonly Question[]> {
  const { exitCode, error } = await project.limbeckJson(line);
  expect({ exitCode, error }).toMatchObject({ exitCode: 2, error: { code: "LB0901" } });
  // LB0901 carries them.
  return (error as { context: { questions: readonly Question[] } }).context.questions;
}

/** Answers yes to the likeliest guesses, one after the other, as one who follows the flags that the error names. */
async function answerAll(line: string): Promise<readonly string[]> {
  const flags: string[] = [];
  for (;;) {
    const { exitCode } = await project.limbeckJson([line, ...flags].join(" "));
    if (exitCode !== 2) return flags;
    const [question] = await readQuestions([line, ...flags].join(" "));
    if (!question || flags.length > 20) throw new Error(`No end of questions: ${flags.join(" ")}`);
    flags.push(question.flag);
  }
}

describe("questions about renames", () => {
  const T = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, mail TEXT);";
  const U = "CREATE TABLE u (id INTEGER PRIMARY KEY, full_name TEXT, email TEXT);";

  it("are asked about every column of a table that --rename names, whatever the tables have in common", async () => {
    await startFrom(T);
    project.write("schema.sql", U);
    const questions = await readQuestions("diff --rename t:u");
    expect(questions.map(({ answer }) => answer)).toEqual([
      "u.name:u.full_name",
      "u.name:u.email",
      "u.mail:u.email",
      "u.mail:u.full_name",
    ]);
    const { data } = await project.limbeckJson("diff --rename t:u --rename u.name:u.full_name --rename u.mail:u.email");
    const { changes } = data as RevisionResult;
    expect(changes.map(({ kind }) => kind)).toEqual(["renameTable", "renameColumn", "renameColumn"]);
  });

  it("are asked about a table that is dropped where one of other names but the same shape is created", async () => {
    await startFrom(T);
    project.write("schema.sql", U);
    const [question] = await readQuestions("revision -m silent --autogenerate");
    expect(question).toMatchObject({ kind: "table", answer: "t:u" });
  });

  it("keep all rows and values of a larger schema when each is answered as it is put", async () => {
    await startFrom(`
      CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, mail TEXT, born DATE);
      CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id), title TEXT, body TEXT);
      CREATE TABLE tags (id INTEGER PRIMARY KEY, label TEXT);`);
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec(
      `INSERT INTO users VALUES (1, 'Ada', 'a@x', '1815-12-10'); INSERT INTO posts VALUES (7, 1, 'T', 'B');`,
    );
    project.write(
      "schema.sql",
      `CREATE TABLE accounts (id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, email TEXT, birthday DATE);
       CREATE TABLE posts (id INTEGER PRIMARY KEY, account_id INTEGER REFERENCES accounts (id), headline TEXT, body TEXT);
       CREATE TABLE tags (id INTEGER PRIMARY KEY, label TEXT);`,
    );
    const flags = await answerAll("revision -m renamed --autogenerate");
    expect(flags.toSorted()).toEqual([
      "--rename accounts.born:accounts.birthday",
      "--rename accounts.mail:accounts.email",
      "--rename accounts.name:accounts.full_name",
      "--rename posts.title:posts.headline",
      "--rename posts.user_id:posts.account_id",
      "--rename users:accounts",
    ]);
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(database.prepare("SELECT * FROM accounts JOIN posts ON account_id = accounts.id").all()).toEqual([
      expect.objectContaining({ full_name: "Ada", email: "a@x", birthday: "1815-12-10", headline: "T", body: "B" }),
    ]);
    database.close();
  });

  it("come one by one at a terminal; each answer settles some and raises others", async () => {
    await startFrom(T);
    project.write("schema.sql", U);
    const ask = async (flags: string, ...answers: readonly string[]) => {
      const { asked } = await project.limbeck(`diff ${flags}`, { isTTY: true, answers });
      return asked;
    };
    const about = {
      table: "Was the table t renamed to u?",
      name: "Was the column name of u renamed to full_name?",
      mail: "Was the column mail of u renamed to email?",
      crossed: "Was the column name of u renamed to email?",
    };
    expect(await ask("", "yes", "yes", "yes")).toEqual([about.table, about.name, about.mail]);
    expect(await ask("", "no")).toEqual([about.table]);
    expect(await ask("", "yes", "no", "yes")).toEqual([about.table, about.name, about.crossed, expect.any(String)]);
    expect(await ask("--rename t:u", "yes", "yes")).toEqual([about.name, about.mail]);
    expect(await ask("--rename t:u --rename t.name:email", "yes")).toEqual([
      "Was the column mail of u renamed to full_name?",
    ]);
    expect(await ask("--rename t:u --no-rename")).toEqual([]);
  });

  it("know names in any case, as the engine does", async () => {
    await startFrom(`${T} CREATE TABLE "Items" (id INTEGER PRIMARY KEY, "Price" INTEGER);`);
    project.write("schema.sql", `${T} CREATE TABLE items (id INTEGER PRIMARY KEY, cost INTEGER);`);
    expect(await project.limbeckJson("diff --rename ITEMS.price:items.COST")).toMatchObject({
      exitCode: 0,
      data: { changes: [{ kind: "renameColumn" }] },
    });
  });

  it("do not arise between tables that have nothing in common", async () => {
    await startFrom("CREATE TABLE photos (id INTEGER PRIMARY KEY, pixels BLOB NOT NULL);");
    project.write("schema.sql", "CREATE TABLE invoices (id INTEGER PRIMARY KEY, total INTEGER, due DATE);");
    expect(await project.limbeckJson("diff")).toMatchObject({ exitCode: 0 });
  });

  it("have no place where nothing is compared", async () => {
    await startFrom(T);
    for (const flag of ["--rename t.name:t.nom", "--no-rename"]) {
      expect(await project.limbeckJson(`revision -m silent ${flag}`)).toMatchObject({
        exitCode: 2,
        error: { title: expect.stringContaining("--autogenerate") },
      });
    }
  });
});

it("an open question is answered by one of the commands that the error names", async () => {
  await startFrom("CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT, body TEXT);");
  project.write("schema.sql", "CREATE TABLE notes (id INTEGER PRIMARY KEY, heading TEXT, body TEXT);");
  const { stderr } = await project.limbeck("revision -m second --autogenerate");
  expect(stderr).toContain('Was column "title" of "notes" renamed to "heading"?');
  expect(stderr).toContain(
    "  fix: limbeck revision -m second --autogenerate --rename notes.title:notes.heading\n" +
      "       limbeck revision -m second --autogenerate --no-rename\n",
  );
  expect(await project.limbeck("revision -m second --autogenerate --rename notes.title:notes.heading")).toMatchObject({
    exitCode: 0,
  });
});

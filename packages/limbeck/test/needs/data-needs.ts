import { expect, it } from "vitest";
import { createTestProject } from "../cli/test-project.ts";

/** A database of one engine. */
export interface NeedsDatabase {
  readonly url: string;
  readonly run: (...statements: readonly string[]) => Promise<void>;
}

/** The same, with rows that can be looked at. */
export interface ReadableDatabase extends NeedsDatabase {
  readonly rows: (sql: string) => Promise<readonly object[]>;
}

const MODULE = (columns: string, more = ""): string => `
import { boolean, check, date, decimal, foreignKey, index, integer, smallint, table, text, unique, uuid, varchar } from "limbeck/schema";
export const lists = table("lists", { id: integer().primaryKey() });
export const todos = table("todos", { id: integer().primaryKey(), ${columns} }${more});
`;

const ROWS = [
  "INSERT INTO lists (id) VALUES (1)",
  `INSERT INTO todos (id, name, code, amount, list_id, word, flag) VALUES
    (1, 'a', '7', 1, 1, 'long word', NULL), (2, 'a', 'x', 70000, 9, 'w', NULL), (3, NULL, NULL, -5, NULL, 'w', 'yes'), (4, 'b', '12', 3, 1, NULL, NULL)`,
];

const BEFORE = `name: varchar(40), code: varchar(40), amount: integer(), list_id: integer(), word: varchar(40), flag: varchar(9)`;

/** What one change asks of the rows above. */
interface NeedCase {
  readonly change: string;
  readonly columns: string;
  readonly more?: string;
  readonly flags?: string;
  /** The fault, and how many rows have it; derived from the rows by hand. */
  readonly need: readonly [fault: string, rows: number | undefined];
  /** What makes the upgrade pass. */
  readonly repair: string;
  /** The engines on which the change asks for nothing of the kind. */
  readonly not?: readonly string[];
  /** Whether something is done before the rows stop the upgrade, which stays done on engines that commit it at once; there it is not tried in vain. */
  readonly isSecond?: true;
}

const CASES: readonly NeedCase[] = [
  {
    change: "NOT NULL on a column with NULL",
    columns: BEFORE.replace("name: varchar(40)", "name: varchar(40).notNull()"),
    need: ["have NULL in name", 1],
    repair: "UPDATE todos SET name = '' WHERE name IS NULL",
  },
  {
    change: "a renamed column that may no longer be NULL",
    columns: BEFORE.replace("name: varchar(40)", "title: varchar(40).notNull()"),
    flags: "--rename todos.name:todos.title --no-rename",
    need: ["have NULL in name", 1],
    repair: "UPDATE todos SET name = '' WHERE name IS NULL",
    isSecond: true,
  },
  {
    change: "a new column without a default",
    columns: `${BEFORE}, due: integer().notNull()`,
    need: ["get no value for due", 4],
    repair: "DELETE FROM todos",
    isSecond: true,
  },
  {
    change: "a shorter text",
    columns: BEFORE.replace("word: varchar(40)", "word: varchar(5)"),
    need: ["have something in word that is no varchar(5)", 1],
    repair: "UPDATE todos SET word = 'w'",
    // Lengths mean nothing there.
    not: ["sqlite"],
  },
  {
    change: "numbers in place of text",
    columns: BEFORE.replace("code: varchar(40)", "code: integer()"),
    need: ["have something in code that is no integer", 1],
    repair: "UPDATE todos SET code = '1'",
  },
  {
    change: "UUIDs in place of text",
    columns: BEFORE.replace("code: varchar(40)", "code: uuid()"),
    need: ["have something in code that is no uuid", 3],
    repair: "UPDATE todos SET code = '6a7fd9c4-9c0b-4c1b-a1a5-2f4f8f3c1d11'",
  },
  {
    change: "a narrower number",
    columns: BEFORE.replace("amount: integer()", "amount: smallint()"),
    need: ["have something in amount that is no smallint", 1],
    repair: "UPDATE todos SET amount = 1",
    not: ["sqlite"],
  },
  {
    change: "a unique constraint",
    columns: BEFORE,
    more: `, [unique(["name"])]`,
    need: ["repeat what another one has in name", 1],
    repair: "UPDATE todos SET name = 'c' WHERE id = 2",
  },
  {
    change: "a unique constraint over a new generated column",
    columns: `${BEFORE}, is_plain: smallint().generatedAs("CASE WHEN flag IS NULL THEN 1 END", { storage: "stored" })`,
    more: `, [unique(["name", "is_plain"])]`,
    need: ["repeat what another one has in name, is_plain", 1],
    repair: "UPDATE todos SET name = 'c' WHERE id = 2",
    isSecond: true,
  },
  {
    change: "a unique index",
    columns: BEFORE,
    more: `, [index(["name", "word"], { unique: true }), index(["list_id"], { unique: true, name: "ix_one" })]`,
    need: ["repeat what another one has in list_id", 1],
    repair: "UPDATE todos SET list_id = NULL",
  },
  {
    change: "a check",
    columns: BEFORE,
    more: `, [check("amount > 0", { name: "ck_positive" })]`,
    need: ["break the check ck_positive", 1],
    repair: "UPDATE todos SET amount = 1",
  },
  {
    change: "a foreign key",
    columns: BEFORE.replace("list_id: integer()", `list_id: integer().references("lists", "id")`),
    need: ["point to no row of lists by list_id", 1],
    repair: "UPDATE todos SET list_id = NULL",
  },
];

interface Revision {
  readonly path: string;
  readonly proof: string;
  readonly notes: readonly string[];
  readonly needs: readonly { readonly fault: string; readonly rows?: number }[];
}

const SINGULAR: Readonly<Record<string, string>> = {
  have: "has",
  get: "gets",
  repeat: "repeats",
  break: "breaks",
  point: "points",
};

/** What is said of rows that stop an upgrade. */
function sayWhatStops(fault: string, rows: number | undefined): string {
  if (rows !== 1)
    return `${rows} rows of todos ${fault}: the upgrade stops at them until it says what becomes of them.`;
  const [verb = "", ...rest] = fault.split(" ");
  const singular = [SINGULAR[verb], ...rest].join(" ");
  return `1 row of todos ${singular}: the upgrade stops at it until it says what becomes of the row.`;
}

/** Declares the tests of an engine. */
export function testDataNeeds(engine: string, open: () => ReadableDatabase): void {
  const createProject = async (columns: string, more?: string, format = "ts") => {
    const project = createTestProject();
    project.write("migrations/versions/.gitkeep", "");
    const useModels = (name: string, ...parts: Parameters<typeof MODULE>): void => {
      project.write(
        "limbeck.config.ts",
        `export default { url: ${JSON.stringify(open().url)}, models: () => import("./${name}.ts") };\n`,
      );
      project.write(`${name}.ts`, MODULE(...parts));
    };
    useModels("before", BEFORE);
    expect(await project.limbeck("revision --autogenerate -m first")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    await open().run(...ROWS);
    useModels("after", columns, more);
    const generate = async (flags = ""): Promise<Revision> => {
      const run = await project.limbeckJson(`revision --autogenerate -m second --format ${format} ${flags}`);
      expect(run).toMatchObject({ exitCode: 0, ok: true });
      return run["data"] as Revision;
    };
    return { ...project, generate };
  };

  for (const { change, columns, more, flags, need, repair, isSecond } of CASES.filter(
    (one) => !one.not?.includes(engine),
  )) {
    it(`counts the rows that ${change} stops, says so, and passes when they are mended`, async () => {
      const project = await createProject(columns, more);
      const { path, proof, notes, needs } = await project.generate(flags);
      const [fault, rows] = need;
      expect(proof).toBe("proven");
      expect(needs).toContainEqual({ table: "todos", fault, rows });
      const sentence = sayWhatStops(fault, rows);
      expect(notes).toContain(sentence);
      const text = project.read(path.replace(`${project.folder}/`, ""));
      expect(text.replaceAll(/\s*\/\/ /g, " ")).toContain(`${sentence} await op.execute("`);
      const staysHalfDone = isSecond && engine === "mysql";
      const tried = staysHalfDone ? undefined : await project.limbeck("upgrade head");
      expect(tried?.exitCode ?? 7).toBe(7);
      await open().run(repair);
      expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
      expect(await project.limbeck("check")).toMatchObject({ exitCode: 0 });
      expect(await project.limbeck("downgrade -1")).toMatchObject({ exitCode: 0 });
      project.dispose();
    });
  }

  it("says where the way back has no value for rows, and stops there instead of making one up", async () => {
    const project = await createProject(`${BEFORE}, due: integer().notNull()`);
    await project.generate();
    await open().run("DELETE FROM todos");
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    await open().run("INSERT INTO todos (id, due) VALUES (1, 7)");
    const config = project.read("limbeck.config.ts");
    project.write("limbeck.config.ts", config.replace("after.ts", "before.ts"));
    const { path, notes } = await project.generate();
    const sentence =
      "Rows of todos get no value for due: the downgrade stops at them until it says what becomes of them.";
    expect(notes).toContain(sentence);
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeck("downgrade -1")).toMatchObject({ exitCode: 7 });
    const file = path.replace(`${project.folder}/`, "");
    const text = project.read(file);
    expect(text.replaceAll(/\s*\/\/ /g, " ")).toContain(`${sentence} await op.execute("`);
    project.write(file, text.replace("// await op.execute", "await op.execute").replace("'...'", "5"));
    expect(await project.limbeck("downgrade -1")).toMatchObject({ exitCode: 0 });
    expect(await open().rows("SELECT due FROM todos")).toEqual([{ due: 5 }]);
    project.dispose();
  });

  it("gives rows without a value the default of their column, on whatever machine", async () => {
    const columns = BEFORE.replace("flag: varchar(9)", `flag: varchar(9).notNull().default("it's")`);
    const project = await createProject(columns);
    const { needs, notes } = await project.generate();
    expect({ needs, notes }).toEqual({ needs: [], notes: [] });
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeck("check")).toMatchObject({ exitCode: 0 });
    project.dispose();
  });

  it("asks nothing of rows where a constraint only gets another name", async () => {
    const project = await createProject(
      BEFORE,
      `, [unique(["id", "name"], { name: "uq_one" }), check("id > 0", { name: "ck_one" })]`,
    );
    await project.generate();
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    const url = JSON.stringify(open().url);
    project.write("limbeck.config.ts", `export default { url: ${url}, models: () => import("./renamed.ts") };\n`);
    project.write(
      "renamed.ts",
      MODULE(BEFORE, `, [unique(["id", "name"], { name: "uq_two" }), check("id > 0", { name: "ck_two" })]`),
    );
    const { needs, notes } = await project.generate();
    expect({ needs, notes }).toEqual({ needs: [], notes: [] });
    project.dispose();
  });

  it("says it in SQL as well", async () => {
    const project = await createProject(
      BEFORE.replace("name: varchar(40)", "name: varchar(40).notNull()"),
      undefined,
      "sql",
    );
    const { path } = await project.generate();
    const text = project.read(path.replace(`${project.folder}/`, ""));
    expect(text).toContain("-- 1 row of todos has NULL in name: the upgrade stops at it");
    expect(text).toMatch(/-- UPDATE .todos. SET .name. = '...' WHERE .name. IS NULL;/);
    project.dispose();
  });

  it.each([
    ["ts", "NOT NULL", "title: varchar(40).notNull()", ""],
    ["sql", "NOT NULL", "title: varchar(40).notNull()", ""],
    ["ts", "a default and NOT NULL", `title: varchar(40).notNull().default("none")`, ""],
    ["ts", "a check", "title: varchar(40)", `, [check("title <> 'a'", { name: "ck" })]`],
    ["sql", "a check", "title: varchar(40)", `, [check("title <> 'a'", { name: "ck" })]`],
    ["ts", "a narrower type", "title: integer()", ""],
  ])("says in %s of a renamed column that gets %s what passes as it is said", async (format, _, column, more) => {
    const project = await createProject(BEFORE.replace("name: varchar(40)", column), more, format);
    const { path } = await project.generate("--rename todos.name:todos.title --no-rename");
    const file = path.replace(`${project.folder}/`, "");
    const text = project
      .read(file)
      .replaceAll(/(?:\/\/|--) ((?:await op\.execute\("|)UPDATE )/g, "$1")
      .replace("'...' WHERE ...", "'7'")
      .replace("'...'", "'7'")
      .replace(/SET \.\.\./, "SET name = 'b'");
    project.write(file, text);
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeck("check")).toMatchObject({ exitCode: 0 });
    expect(await open().rows("SELECT count(*) AS n FROM todos WHERE title IS NOT NULL")).not.toEqual([{ n: 0 }]);
    project.dispose();
  });

  it("asks nothing of a table that is new", async () => {
    const project = createTestProject();
    project.write("migrations/versions/.gitkeep", "");
    project.write(
      "limbeck.config.ts",
      `export default { url: ${JSON.stringify(open().url)}, models: () => import("./models.ts") };\n`,
    );
    project.write(
      "models.ts",
      MODULE(`name: varchar(9).notNull().unique(), list_id: integer().references("lists", "id")`),
    );
    const run = await project.limbeckJson("revision --autogenerate -m first");
    expect(run["data"]).toMatchObject({ needs: [], proof: "proven" });
    project.dispose();
  });
}

import { expect, it } from "vitest";
import { createTestProject } from "../cli/test-project.ts";
import type { ReadableDatabase } from "./data-needs.ts";

/** A change of `todos`, whose new column asks for values, with something over that column. */
interface LateCase {
  readonly change: string;
  readonly columns?: string;
  readonly items?: string;
  /** The engines that have such a thing. Default: all. */
  readonly only?: readonly string[];
}

const CODE = "code: integer().notNull()";
const DOUBLE = `${CODE}, dbl: integer().notNull().generatedAs("code * 2", { storage: "stored" })`;
const BARE_DOUBLE = DOUBLE.replace("dbl: integer().notNull()", "dbl: integer()");

const CASES: readonly LateCase[] = [
  {
    change: "a key that takes NULL for a value",
    items: `unique(["code"], { options: { postgres: { nullsNotDistinct: true } } })`,
    only: ["postgres"],
  },
  {
    change: "a unique index that takes NULL for a value",
    items: `index(["code"], { unique: true, options: { postgres: { nullsNotDistinct: true } } })`,
    only: ["postgres"],
  },
  {
    change: "a foreign key that wants all of its columns or none",
    items: `foreignKey(["pid", "code"], { table: "pairs", columns: ["a", "b"] }, { match: "full" })`,
    only: ["postgres"],
  },
  {
    change: "a key from a column that was there to the new one",
    items: `unique(["code"]), foreignKey(["pid"], { table: "todos", columns: ["code"] }, { onUpdate: "cascade" })`,
  },
  { change: "a check that there is a value", items: `check("code IS NOT NULL", { name: "ck" })` },
  { change: "a check that makes a value of NULL", items: `check("coalesce(code, 0) > 0", { name: "ck" })` },
  {
    change: "a unique index over an expression",
    items: `index([{ expression: "coalesce(code, 0)" }], { unique: true, name: "ix" })`,
    only: ["postgres", "sqlite"],
  },
  {
    change: "a unique index with a condition",
    items: `index(["same"], { unique: true, name: "ix", where: "code IS NULL OR code = 1" })`,
    only: ["postgres", "sqlite"],
  },
  { change: "a computed column", columns: DOUBLE, only: ["postgres", "sqlite"] },
  {
    change: "a computed column with what is over it",
    columns: DOUBLE,
    items: `unique(["dbl"]), check("dbl > 0", { name: "ck" }), index(["dbl", "same"]), foreignKey(["twice"], { table: "todos", columns: ["dbl"] })`,
    only: ["postgres"],
  },
  {
    change: "a computed column with what is over it that may be NULL",
    columns: BARE_DOUBLE,
    items: `unique(["dbl"]), check("coalesce(dbl, 0) > 0", { name: "ck" }), index(["dbl", "same"])`,
  },
  {
    change: "a computed column and a further one without values",
    columns: `${BARE_DOUBLE}, also: integer().notNull()`,
    items: `check("also > coalesce(dbl, 0)", { name: "ck" })`,
  },
];

const BEFORE =
  "id: integer().primaryKey(), pid: integer().notNull(), same: integer().notNull(), twice: integer().notNull()";

const MODULE = (columns: string, items: string): string => `
import { check, foreignKey, index, integer, primaryKey, table, unique } from "limbeck/schema";
export const pairs = table("pairs", { a: integer().notNull(), b: integer().notNull() }, [primaryKey(["a", "b"])]);
export const todos = table("todos", { ${columns} }, [${items}]);
`;

const ROWS = [
  "INSERT INTO pairs (a, b) VALUES (1, 1), (2, 2)",
  "INSERT INTO todos (id, pid, same, twice) VALUES (1, 1, 5, 2), (2, 2, 5, 4)",
];

/** Fills in the UPDATE of each new column where a remark has it. */
const fillIn = (text: string): string =>
  text.replaceAll(/\/\/ (await op\.execute\(".*SET \W*(\w+)\W* = )'\.\.\.'/g, (_, call: string, column: string) =>
    column === "also" ? `${call}id * 9` : `${call}id`,
  );

/** Declares the tests of an engine. */
export function testLateChanges(engine: string, open: () => ReadableDatabase): void {
  const createProject = () => {
    const project = createTestProject();
    project.write("migrations/versions/.gitkeep", "");
    let count = 0;
    const useModels = (columns: string, items = ""): void => {
      count += 1;
      const url = JSON.stringify(open().url);
      project.write(
        "limbeck.config.ts",
        `export default { url: ${url}, models: () => import("./models${count}.ts") };\n`,
      );
      project.write(`models${count}.ts`, MODULE(columns, items));
    };
    const generate = async (): Promise<string> => {
      const run = await project.limbeckJson("revision --autogenerate -m change --drop-ok");
      expect(run).toMatchObject({ exitCode: 0, ok: true, data: { proof: "proven" } });
      // What the command says of itself is tested elsewhere.
      return (run["data"] as { readonly path: string }).path.replace(`${project.folder}/`, "");
    };
    const expectOk = async (command: string): Promise<void> =>
      expect(await project.limbeck(command)).toMatchObject({ exitCode: 0 });
    const fill = (path: string): void => {
      const text = project.read(path);
      expect(fillIn(text)).not.toBe(text);
      project.write(path, fillIn(text));
    };
    return { ...project, useModels, generate, expectOk, fill };
  };

  const cases = CASES.filter(({ only }) => only?.includes(engine) ?? true);
  it.each(cases)("makes $change when rows have values in a new column", async ({ columns = CODE, items }) => {
    const project = createProject();
    project.useModels(BEFORE);
    await project.generate();
    await project.expectOk("upgrade head");
    await open().run(...ROWS);
    project.useModels(`${BEFORE}, ${columns}`, items);
    const path = await project.generate();
    project.fill(path);
    await project.expectOk("upgrade head");
    await project.expectOk("check");
    expect(await open().rows("SELECT id, code FROM todos ORDER BY id")).toMatchObject([{ code: 1 }, { code: 2 }]);
    project.dispose();
  });

  it.each(cases)("makes $change on the way back as well", async ({ columns = CODE, items }) => {
    const project = createProject();
    project.useModels(`${BEFORE}, ${columns}`, items);
    await project.generate();
    await project.expectOk("upgrade head");
    project.useModels(BEFORE);
    const path = await project.generate();
    await project.expectOk("upgrade head");
    await open().run(...ROWS);
    project.fill(path);
    await project.expectOk("downgrade -1");
    expect(await open().rows("SELECT id, code FROM todos ORDER BY id")).toMatchObject([{ code: 1 }, { code: 2 }]);
    project.dispose();
  });
}

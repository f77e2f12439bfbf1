import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProgram } from "../support/run-program.ts";
import { createTodoProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTodoProject();
});

afterEach(() => project.dispose());

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

const writeUpgrade = (up: string): void => project.writeRevision("a003", "a002", "broken", { up });

describe("a description that is refused", () => {
  it.each([
    ["a column", `op.addColumn("todos", "z", text().comment("x" + String(Promise.resolve())))`],
    ["a constraint", `op.createTable("z", { id: integer() }, [unique(["id"], { name: null as never })])`],
    ["a column by itself", `text().default(1 as never).comment(5 as never)`],
  ])("in a revision names its line: %s", async (_, call) => {
    writeUpgrade(`const { unique } = await import("limbeck/schema"); await op.dropColumn("todos", "due");\n${call};`);
    const { status, stderr } = await runProgram(project.folder, ["upgrade", "head"]);
    const text = oneLine(stderr);
    expect(text).toMatch(/LB0517 upgrade of a003 stopped \(\S*a003_broken\.ts:9:\d+\): /);
    expect(text).toMatch(/fix: limbeck edit \S*a003_broken\.ts:9:\d+/);
    expect(text).toContain("Everything this revision had done was rolled back");
    expect(status).toBe(7);
  });

  it("in what a revision file runs when it is loaded names its line", async () => {
    const path = "migrations/versions/a003_broken.ts";
    writeUpgrade("void op;");
    project.write(path, `${project.read(path)}export const column = text().comment(5 as never);\n`);
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    expect(oneLine(stderr)).toMatch(/a003_broken\.ts:9:\d+/);
    expect(exitCode).not.toBe(0);
  });

  it.each(["models", "config"])("in the %s names its line", async (place) => {
    const models = `import { table, text } from "limbeck/schema";\nexport const todos = table("todos", { id: text().comment(5 as never) });\n`;
    const config = `export default { url: "sqlite:todo.db", models: `;
    const source =
      place === "models" ? `${config}() => import("./models.ts") };\n` : `${models}${config}{ todos } };\n`;
    project.write("models.ts", models);
    project.write("limbeck.config.ts", source);
    const { exitCode, stderr } = await project.limbeck("diff");
    expect(oneLine(stderr)).toMatch(
      new RegExp(`fix: limbeck edit \\S*${place === "models" ? "models" : "limbeck.config"}\\.ts:2:`),
    );
    expect(exitCode).toBe(2);
  });
});

describe("a password in what was thrown", () => {
  const SECRET = "s3cret";
  const THROW = `throw new Error("connect ECONNREFUSED postgres://u:${SECRET}@h/db");`;

  /** What commands print, each by its line. */
  async function printAll(...others: readonly string[]): Promise<readonly string[]> {
    const printed: string[] = [];
    for (const line of ["upgrade head", "upgrade head --json", "upgrade head --json=stream", "status", ...others]) {
      const { stdout, stderr } = await project.limbeck(line);
      printed.push(`${line}: ${stdout}${stderr}`);
    }
    return printed;
  }

  const throwing = (): void => writeUpgrade(THROW);
  const unloadable = (): void => {
    writeUpgrade("void op;");
    const path = "migrations/versions/a003_broken.ts";
    project.write(path, `${project.read(path)}${THROW}\n`);
  };
  const executing = (sql: string) => (): void => writeUpgrade(`await op.execute(${JSON.stringify(sql)});`);
  const hooking = (hook: string) => (): void =>
    project.write(
      "limbeck.config.ts",
      `export default { url: "sqlite:todo.db", hooks: { ${hook}() { ${THROW} } } };\n`,
    );

  it.each<[string, string, () => void]>([
    ["a revision", "LB0703", throwing],
    ["a revision that cannot be loaded", "LB02", unloadable],
    [
      "a statement with a URL",
      "LB0701",
      executing(`SELECT missing FROM todos WHERE title = 'postgres://u:${SECRET}@h/db'`),
    ],
    ["a statement with a password", "LB0701", executing(`CREATE USER app PASSWORD '${SECRET}'`)],
    ["beforeRun", "LB0722", hooking("beforeRun")],
    ["afterRevision", "LB0720", hooking("afterRevision")],
  ])("is not printed: %s", async (_, code, prepare) => {
    prepare();
    const printed = await printAll("check");
    expect(printed.slice(0, 3).filter((text) => !text.includes(code))).toEqual([]);
    expect(printed.filter((text) => text.includes(SECRET))).toEqual([]);
  });
});

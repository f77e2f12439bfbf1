import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
});

afterEach(() => project.dispose());

describe("init", () => {
  it("makes a project whose one open line it shows", async () => {
    const made = await project.limbeck("init db");
    expect(made.exitCode).toBe(0);
    expect(made.stdout.split("\n")).toContain("limbeck.config.ts");
    expect(made.stderr).toMatch(/^✔ One line of limbeck\.config\.ts is open, the import of your models:\n\n {4}\S/);
    const openLine = made.stderr.split("\n")[2]?.trim() ?? "";
    expect(project.read("limbeck.config.ts")).toContain(openLine);
    expect((await project.limbeck("status")).exitCode).toBe(0);
  });

  it("overwrites nothing", async () => {
    await project.limbeck("init");
    const before = project.read("limbeck.config.ts");
    expect(await project.limbeckJson("init")).toMatchObject({
      exitCode: 2,
      command: "init",
      error: { code: "LB1006" },
    });
    expect(project.read("limbeck.config.ts")).toBe(before);
  });

  it("offers to put a file that is in its way aside, and to delete none", async () => {
    await project.limbeck("init");
    const config = join(project.folder, "limbeck.config.ts");
    const { stderr } = await project.limbeck("init");
    expect(stderr).toContain(`mv ${config} ${config}.old\n`);
    expect(stderr).not.toMatch(/\brm /);
  });
});

describe("from models to a revision", () => {
  /** Writes a config and its models; each under a name of its own, because a process imports a file only once. */
  const writeModels = (name: string, columns: string): void => {
    project.write(
      `${name}.config.ts`,
      `export default { url: "sqlite:todo.db", models: () => import("./${name}.ts") };\n`,
    );
    project.write(
      `${name}.ts`,
      `import { integer, table, text } from "limbeck/schema";
export const todos = table("todos", { id: integer().primaryKey(), ${columns} });\n`,
    );
  };

  beforeEach(() => {
    project.write("migrations/versions/.gitkeep", "");
    writeModels("limbeck", `title: text().notNull()`);
    writeModels("renamed", `heading: text().notNull()`);
  });

  it("the difference is shown as a list and as statements", async () => {
    const { exitCode, stdout, stderr } = await project.limbeck("diff");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ {2}\+ create table todos \(2 columns\)\n\n[^]*CREATE TABLE "?todos"?/);
    expect(stderr).toContain("1 change; nothing was written.\n");
    expect((await project.limbeck("diff --sql")).stdout).not.toContain("+ create table");
    expect(await project.limbeckJson("diff")).toMatchObject({
      data: { changes: [{ kind: "createTable", sign: "+" }] },
    });
    expect(project.has("todo.db")).toBe(false);
  });

  it("check fails with 5 until a revision brings both together", async () => {
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 5, error: { code: "LB1010" } });
    const written = await project.limbeck(`revision -m "create todos" --autogenerate --rev-id b001`);
    expect(written.exitCode).toBe(0);
    const path = written.stdout.trim();
    expect(path).toMatch(/^migrations\/versions\/.*create_todos\.ts$/);
    expect(project.read(path)).toContain(`createTable("todos"`);
    expect(written.stderr).toContain("Revision b001, on top of base.\n  + create table todos (2 columns)\n");
    expect(written.stderr).toContain("✔ Proven on a scratch database");
    expect(written.stderr).toMatch(/Next: limbeck upgrade head\n$/);
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    const agreed = await project.limbeck("check");
    expect(agreed).toMatchObject({ exitCode: 0, stdout: "", stderr: "✔ The models and the database agree.\n" });
    const nothing = await project.limbeck("diff");
    expect(nothing).toMatchObject({ exitCode: 0, stdout: "", stderr: "✔ The models and the database agree.\n" });
    expect(await project.limbeckJson("revision -m again --autogenerate")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1003" },
    });
  });

  it("a revision by hand is empty and says so", async () => {
    const { exitCode, stderr } = await project.limbeck(`revision -m "by hand" --rev-id b001`);
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      "Revision b001, on top of base.\nWrite its upgrade and downgrade now.\nNext: limbeck show b001\n",
    );
    expect(await project.limbeckJson("revision -m second --rev-id b002")).toMatchObject({
      data: { revision: "b002", downRevision: ["b001"], proof: "not needed" },
    });
  });

  it("a rename is asked about on a terminal, and an error elsewhere", async () => {
    await project.limbeck(`revision -m initial --autogenerate --rev-id b001`);
    await project.limbeck("upgrade head");
    expect(await project.limbeckJson("diff -c renamed.config.ts")).toMatchObject({
      exitCode: 2,
      error: { code: "LB0901" },
    });
    const yes = await project.limbeck("diff --no-color -c renamed.config.ts", { isTTY: true, answers: ["yes"] });
    expect(yes.asked).toEqual(["Was the column title of todos renamed to heading?"]);
    expect(yes.stdout).toMatch(/^ {2}~ rename column todos\.title to heading\n/);
    const no = await project.limbeck("diff --no-color -c renamed.config.ts", { isTTY: true, answers: ["no"] });
    expect(no.stdout).toMatch(/- drop column title from todos\n {4}⚠ data loss: the values of todos\.title\n/);
    const flagged = await project.limbeck(
      "revision -c renamed.config.ts -m rename --autogenerate --rename todos.title:heading --json",
    );
    expect(JSON.parse(flagged.stdout)).toMatchObject({
      ok: true,
      data: { changes: [{ kind: "renameColumn" }], proof: "proven" },
    });
  });

  it("a question that is left with Ctrl-C writes nothing", async () => {
    await project.limbeck(`revision -m initial --autogenerate --rev-id b001`);
    await project.limbeck("upgrade head");
    const left = await project.limbeck("revision -c renamed.config.ts -m rename --autogenerate", {
      isTTY: true,
      answers: ["cancel"],
    });
    expect(left).toMatchObject({ exitCode: 130, stdout: "" });
    expect((await project.limbeck("heads")).stdout).toBe("b001 (head)\n");
  });
});

describe("without a config", () => {
  it.each([
    "upgrade head",
    "downgrade -1",
    "current",
    "history",
    "heads",
    "show head",
    "stamp head",
    "status",
    "diff",
    "check",
    "reset",
    "revision -m x",
  ])("%s says how to make one", async (line) => {
    const result = await project.limbeckJson(line);
    const error = { code: "LB0101", fix: expect.arrayContaining(["limbeck init"]) };
    expect(result).toMatchObject({ exitCode: 2, ok: false, command: line.split(" ")[0], error });
  });
});

describe("the config", () => {
  it("hears -x, and --config names another one", async () => {
    project.write(
      "other/my.config.ts",
      `export default ({ x }: { x: Record<string, string> }) => ({ url: \`sqlite:\${x.name}.db\` });\n`,
    );
    project.write("other/migrations/versions/.gitkeep", "");
    const { stdout } = await project.limbeck("-x name=tenant --config other/my.config.ts status");
    expect(stdout).toMatch(/^Database {3}.*tenant\.db\n/);
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeWorldOptions } from "../../src/cli/fake-world.ts";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
});

afterEach(() => project.dispose());

/** Runs a command line that has to end well; stdout and stderr together. */
async function run(line: string, options: FakeWorldOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await project.limbeck(line, options);
  if (exitCode !== 0) throw new Error(`${line} ended with ${exitCode}:\n${stdout}${stderr}`);
  return stdout + stderr;
}

/** What every project is for: a revision from models, up, down, up again, and nothing left to do. */
async function doMainJob(globals = "", options: FakeWorldOptions = {}): Promise<void> {
  const type = (line: string): Promise<string> => run(`${globals} ${line}`, options);
  expect(await type("revision -m initial --autogenerate")).toContain("✔ Proven on a scratch database");
  expect(await type("upgrade head")).toContain("✔ 1 revision run");
  expect(await type("check")).toContain("✔ The models and the database agree.");
  expect(await type("downgrade base")).toContain("the database stands at base");
  expect(await type("upgrade head")).toContain("✔ 1 revision run");
  expect(await type("status --check")).toContain("agree with the database");
  expect(await type("test")).toContain("All of them in one run give the same schema");
}

const writeModels = (path: string, name: string): void =>
  project.write(
    path,
    `import { integer, table, text } from "limbeck/schema";
export const ${name} = table("${name}", { id: integer().primaryKey().autoIncrement(), title: text().notNull() });\n`,
  );

/** Fills in the lines of the config that `init` has shown to be open. */
function fillIn(told: string): void {
  const lines = told.match(/(?<=\n {4})\/\/ models: .*/g) ?? [];
  const config = project.read("limbeck.config.ts");
  expect(lines.filter((line) => !config.includes(line))).toEqual([]);
  const filled = lines.reduce((text, line) => text.replace(line, line.replace("// ", "")), config);
  expect(filled).not.toContain("// models");
  project.write("limbeck.config.ts", filled);
}

describe("the template generic", () => {
  it("is a project once its open line is filled in", async () => {
    fillIn(await run("init db/migrations"));
    writeModels("app/models.ts", "todos");
    await doMainJob();
    expect(project.has("db/migrations/versions/2026_02_21_001_initial.ts")).toBe(true);
  });

  it.each(["app/models.ts", "./app/models.ts"])("is a project at once where the models are named: %s", async (path) => {
    writeModels("app/models.ts", "todos");
    expect(await run(`init --models ${path}`)).toContain("✔ limbeck.config.ts takes your tables from app/models.ts.");
    await doMainJob();
  });

  it("takes SQL for models", async () => {
    project.write("schema.sql", "CREATE TABLE todos (id integer PRIMARY KEY, title text NOT NULL);\n");
    await run("init --models schema.sql");
    expect(project.read("limbeck.config.ts")).toContain('  models: "schema.sql",\n');
    expect(await run("revision -m initial --autogenerate")).toContain("✔ Proven on a scratch database");
    await run("upgrade head");
    expect(await run("check")).toContain("✔ schema.sql and the database agree.");
  });

  it("takes a folder for SQL", async () => {
    project.write("schema/1.sql", "CREATE TABLE todos (id integer PRIMARY KEY);\n");
    await run("init --models schema");
    expect(project.read("limbeck.config.ts")).toContain('  models: "schema",\n');
    await run("revision -m initial --autogenerate");
    expect(project.read("migrations/versions/2026_02_21_001_initial.ts")).toContain('name: "todos"');
  });

  it("escapes what means something else in an import", async () => {
    writeModels("app/a#b 100%.ts", "todos");
    await run('init --models "app/a#b 100%.ts"');
    expect(project.read("limbeck.config.ts")).toContain('import("./app/a%23b 100%25.ts")');
    await doMainJob();
  });

  it("imports as the compiler of the project wants it", async () => {
    project.write("tsconfig.json", "{}");
    expect(await run("init --models ../shared/tables.ts")).toContain("⚠ ../shared/tables.ts is not there yet");
    expect(project.read("limbeck.config.ts")).toContain('() => import("../shared/tables.js")');
  });

  it("takes no models with a template that has a place for them", async () => {
    expect(await project.limbeckJson("init --models a.ts -t package")).toMatchObject({
      ok: false,
      error: { reason: "flagsExclude" },
    });
    expect(project.has("packages/database")).toBe(false);
  });
});

describe("the template multi-database", () => {
  beforeEach(async () => {
    fillIn(await run("init --template multi-database"));
    writeModels("app/main-models.ts", "todos");
    writeModels("app/audit-models.ts", "events");
  });

  it("keeps the databases apart, with revisions and models of their own", async () => {
    await doMainJob("-x db=main");
    expect(await run("status -x db=audit")).toContain("there is no revision yet");
    await doMainJob("-x db=audit");
    const sources = await Promise.all(["main", "audit"].map((name) => run(`-x db=${name} show head`)));
    expect(sources.map((source) => source.match(/createTable\("\w+"/g))).toEqual([
      [`createTable("todos"`],
      [`createTable("events"`],
    ]);
  });

  it("never takes one database for the other", async () => {
    const env = { DATABASE_URL: "sqlite:wrong.db", AUDIT_DATABASE_URL: "sqlite:elsewhere.db" };
    await doMainJob("-x db=main", { env });
    await doMainJob("-x db=audit", { env });
    const made = ["main", "elsewhere", "wrong", "audit"].map((name) => project.has(`${name}.db`));
    expect(made).toEqual([true, true, false, false]);
    expect(await project.limbeckJson("upgrade head")).toMatchObject({
      exitCode: 2,
      error: { code: "LB0121", fix: ["limbeck upgrade head -x db=main", "limbeck upgrade head -x db=audit"] },
    });
    expect(await project.limbeckJson("-x db=adit upgrade head")).toMatchObject({
      exitCode: 2,
      error: { code: "LB0122", why: 'Did you mean "audit"?' },
    });
    expect(await project.limbeckJson("-x db=constructor upgrade head")).toMatchObject({ error: { code: "LB0122" } });
  });

  it("names the database in the commands that it proposes, and nothing that may be secret", async () => {
    const globals = "-x db=main -x token=hush -x db=audit";
    expect(await run(`${globals} revision -m "by hand" --rev-id a1`)).toMatch(/Next: limbeck -x db=audit show a1\n$/);
    const { stderr } = await project.limbeck(`${globals} upgrade haed`);
    expect(stderr).toMatch(/fix: limbeck -x db=audit upgrade head\n.*limbeck -x db=audit history\n/);
    const named = await project.limbeck("--config limbeck.config.ts -x db=audit --url sqlite:x.db upgrade heads");
    expect(named.stderr).toMatch(
      /\nNext: limbeck --config limbeck\.config\.ts --url sqlite:x\.db -x db=audit status\n$/,
    );
  });
});

describe("the template package", () => {
  it("begins with an example that works when it is uncommented", async () => {
    project.write("package.json", `{ "name": "@acme/shop" }`);
    expect(await run("init -t package packages/db")).toContain(`import * as models from "@acme/db";`);
    const [, code = ""] = project.read("packages/db/src/models.ts").split("// Begin with one:\n//\n");
    project.write("packages/db/src/models.ts", code.replaceAll(/^\/\/ {0,3}/gm, ""));
    await doMainJob("", { cwd: `${project.folder}/packages/db` });
  });

  it("says that there are no models yet", async () => {
    await run("init -t package");
    const { exitCode, stderr } = await project.limbeck("diff", { cwd: `${project.folder}/packages/database` });
    expect({ exitCode, code: stderr.slice(2, 8) }).toEqual({ exitCode: 2, code: "LB0403" });
  });

  it.each([
    [`{ "name": "shop" }`, "packages/database", "@shop/database"],
    [`{ "name": "@acme/shop" }`, "My Data/Base 1", "@acme/base-1"],
    [`{}`, "db", "@app/db"],
    [`{ broken`, "db", "@app/db"],
  ])("is named after the package around it: %s, %s", async (manifest, folder, name) => {
    project.write("package.json", manifest);
    await run(`init -t package "${folder}/"`);
    const written: unknown = JSON.parse(project.read(`${folder}/package.json`));
    expect(written).toMatchObject({ name, dependencies: { limbeck: "^1.2.3" } });
  });
});

describe("init", () => {
  it("lists its templates, and says which one was meant", async () => {
    const { stdout, stderr } = await project.limbeck("list-templates");
    expect(stdout.match(/^[a-z-]+(?= {2})/gm)).toEqual(["generic", "multi-database", "package"]);
    expect(stderr).toBe("Next: limbeck init --template generic\n");
    expect(await project.limbeckJson("init -t packge")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1042", fix: ["limbeck list-templates", "limbeck init --template package"] },
    });
    expect(await project.limbeckJson("init -t multidb")).toMatchObject({
      error: { why: 'Did you mean "multi-database"?' },
    });
    expect(await project.limbeckJson("init -t async")).toMatchObject({
      error: { why: "There are generic, multi-database, package." },
    });
    expect(await project.limbeckJson("list_templates")).toMatchObject({ error: { fix: ["limbeck list-templates"] } });
    expect(project.has("limbeck.config.ts")).toBe(false);
  });

  it.each(["generic", "multi-database", "package"])("overwrites nothing with %s", async (name) => {
    project.write("other/file", "mine");
    expect(await project.limbeckJson(`init -t ${name} other`)).toMatchObject({ error: { code: "LB1006" } });
    expect(project.read("other/file")).toBe("mine");
    expect(project.has("limbeck.config.ts")).toBe(false);
    await run(`init -t ${name} db`);
    expect(await project.limbeckJson(`init -t ${name} db`)).toMatchObject({ error: { code: "LB1006" } });
  });

  it("takes an empty folder, as Alembic does, and leaves nothing half-done", async () => {
    project.write("db/x", "");
    project.remove("db/x");
    project.write("blocked", "a file where a folder is to be");
    expect(await project.limbeckJson("init blocked/db")).toMatchObject({ exitCode: 2 });
    expect(project.has("limbeck.config.ts")).toBe(false);
    await run("init db");
    expect(project.has("db/versions/.gitkeep")).toBe(true);
  });
});

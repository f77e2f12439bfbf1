import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

const run = (sql: string): void => {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  database.exec(sql);
  database.close();
};

function configure(rules: string): void {
  project.write(
    "limbeck.config.ts",
    `import type { LimbeckConfig } from "limbeck";
export default { url: "sqlite:app.db", models: () => import("./models.ts"), ${rules} } satisfies LimbeckConfig;\n`,
  );
}

interface Answer {
  readonly changes: readonly { readonly sign: string; readonly text: string }[];
  readonly unmanaged: readonly { readonly kind: string; readonly name: string; readonly reason: string }[];
}

async function diff(): Promise<{ readonly changes: readonly string[]; readonly left: readonly string[] }> {
  const { exitCode, data, error } = await project.limbeckJson("diff --no-rename --drop-ok");
  expect({ exitCode, error }).toEqual({ exitCode: 0, error: undefined });
  // The shape is checked by what is compared with it.
  const { changes, unmanaged } = data as Answer;
  return {
    changes: changes.map(({ sign, text }) => `${sign} ${text}`),
    left: unmanaged.map(({ kind, name }) => `${kind} ${name}`),
  };
}

beforeEach(() => {
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  project.write(
    "models.ts",
    `import { index, integer, table, text } from "limbeck/schema";
export const todos = table("todos", { id: integer().primaryKey(), title: text(), due: text() }, [index(["due"])]);
export const planned = table("planned", { id: integer().primaryKey() });\n`,
  );
  run(`
    CREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT, audit_id INTEGER REFERENCES audit (id), CONSTRAINT short CHECK (length(title) < 9));
    CREATE INDEX by_hand ON todos (title);
    CREATE TABLE audit (id INTEGER PRIMARY KEY);
  `);
});
afterEach(() => project.dispose());

describe("what takes part in comparisons", () => {
  const ALL = [
    "- drop index by_hand from todos",
    "- drop check short (length(title) < 9) from todos",
    "- drop foreign key (audit_id) to audit (id) from todos",
    "- drop column audit_id from todos",
    "- drop table audit",
    "+ create table planned (1 column)",
    "+ add column due to todos",
    "+ create index ix_todos_due (due) on todos",
  ];

  it("is everything where the config says nothing", async () => {
    configure("");
    const { changes, left } = await diff();
    expect(changes.toSorted()).toEqual(ALL.toSorted());
    expect(left).toEqual([]);
  });

  it("is what includeName sees of the database; the rest stays, and can be proven with", async () => {
    configure(`includeName: (name, kind, { table }) => !(name === "audit" || name === "by_hand" || (kind === "column" && table === "todos" && name === "audit_id")),
      includeObject: ({ kind, name }, side) => !(kind === "constraint" && side === "found")`);
    const { changes, left } = await diff();
    expect(changes.toSorted()).toEqual([
      "+ add column due to todos",
      "+ create index ix_todos_due (due) on todos",
      "+ create table planned (1 column)",
    ]);
    expect(left.toSorted()).toEqual([
      "column audit_id",
      "constraint short",
      "constraint without a name",
      "constraint without a name",
      "index by_hand",
      "table audit",
    ]);
    expect(await project.limbeckJson("revision -m more --autogenerate --no-rename --drop-ok")).toMatchObject({
      exitCode: 0,
      data: { proof: "proven" },
    });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
  });

  it("is not what includeObject keeps out of the models", async () => {
    configure(
      `includeObject: ({ kind, name }, side) => side === "found" || (name !== "planned" && name !== "ix_todos_due")`,
    );
    const { changes } = await diff();
    expect(changes).toContain("+ add column due to todos");
    expect(changes.filter((text) => /planned|ix_todos_due/.test(text))).toEqual([]);
  });

  it("is told with the place in the config where a function fails", async () => {
    configure(`includeName: () => { throw new Error("no idea"); }`);
    const { error, exitCode } = await project.limbeckJson("diff --drop-ok");
    expect(exitCode).toBe(2);
    expect(JSON.stringify(error)).toMatch(/limbeck\.config\.ts:\d+:\d+.*no idea/);
  });
});

describe("what the config hides", () => {
  const configureHidden = (sql: string, models: string, rules: string): void => {
    run(`DROP TABLE todos; DROP TABLE audit; ${sql}`);
    project.write("models.ts", `import { integer, table, text } from "limbeck/schema";\n${models}\n`);
    configure(rules);
  };
  const TODOS = `export const todos = table("todos", { id: integer().primaryKey() });`;

  it("stays in a table that the models spell in other letters", async () => {
    configureHidden(
      "CREATE TABLE Todos (id INTEGER PRIMARY KEY, secret TEXT)",
      TODOS,
      `includeName: (name) => name !== "secret"`,
    );
    expect(await diff()).toEqual({ changes: [], left: ["column secret"] });
  });

  it("stays in a table that is renamed, and is asked about by its old name", async () => {
    configureHidden(
      "CREATE TABLE old (id INTEGER PRIMARY KEY, secret TEXT); CREATE INDEX by_hand ON old (secret)",
      `export const todos = table("todos", { id: integer().primaryKey(), extra: text() });`,
      `includeName: (name, kind, { table }) => !(table === "old" && (name === "secret" || kind === "index"))`,
    );
    const answer = await project.limbeckJson("revision --autogenerate -m rename --rename old:todos");
    expect(answer).toMatchObject({ exitCode: 0 });
    const { changes } = answer["data"] as Answer;
    expect(changes.map(({ text }) => text)).toEqual(["rename table old to todos", "add column extra to todos"]);
  });

  it("is found under whatever letters the models give it", async () => {
    configureHidden(
      "CREATE TABLE todos (id INTEGER PRIMARY KEY, Secret TEXT); CREATE TABLE Audit (id INTEGER PRIMARY KEY)",
      `export const todos = table("todos", { id: integer().primaryKey(), secret: integer() });
      export const audit = table("audit", { id: integer().primaryKey(), more: text() });`,
      `includeName: (name) => name !== "Secret" && name !== "Audit"`,
    );
    expect(await diff()).toEqual({ changes: [], left: ["table Audit", "column Secret"] });
  });

  it.each(["async () => false", "() => undefined"])("is told by true or false, and not by %s", async (code) => {
    configureHidden(
      "CREATE TABLE todos (id INTEGER PRIMARY KEY, secret TEXT)",
      TODOS,
      `// @ts-ignore
      includeName: ${code}`,
    );
    expect(await project.limbeckJson("diff")).toMatchObject({ exitCode: 2, error: { code: "LB0106" } });
    configure(`// @ts-ignore
      includeObject: ${code}`);
    expect(await project.limbeckJson("diff")).toMatchObject({ exitCode: 2, error: { code: "LB0106" } });
  });

  it("is not called left alone where it goes with its table", async () => {
    configureHidden(
      "CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TRIGGER tr AFTER DELETE ON users BEGIN SELECT 1; END; CREATE VIEW v AS SELECT 1; CREATE TABLE todos (id INTEGER PRIMARY KEY)",
      TODOS,
      `includeName: (name, kind) => kind !== "trigger" && kind !== "view"`,
    );
    expect(await diff()).toEqual({ changes: ["- drop trigger tr from users", "- drop table users"], left: ["view v"] });
  });

  it("keeps its place where the order of columns counts", async () => {
    run("DROP TABLE todos; DROP TABLE audit; CREATE TABLE todos (id INTEGER PRIMARY KEY, secret TEXT, title TEXT)");
    project.write("schema.sql", "CREATE TABLE todos (id INTEGER PRIMARY KEY, title TEXT)");
    project.write(
      "limbeck.config.ts",
      `export default { url: "sqlite:app.db", models: "./schema.sql", includeName: (name) => name !== "secret" };`,
    );
    expect(await diff()).toEqual({ changes: [], left: ["column secret"] });
  });
});

describe("processRevision", () => {
  it("changes what is written, which is proven as it is", async () => {
    configure(`processRevision: ({ message, upgrade }) => {
      const kept = upgrade.filter(({ kind }) => kind !== "dropTable" && kind !== "alterTable");
      return { message: message + " and keep the rest", upgrade: kept, downgrade: [{ kind: "dropTable", table: { name: "planned", columns: [{ name: "id", type: { kind: "integer" }, nullable: false }], constraints: [{ kind: "primaryKey", name: "pk_planned", columns: ["id"] }], indexes: [] } }] };
    }`);
    const written = await project.limbeckJson("revision -m plan --autogenerate --no-rename --drop-ok");
    expect(written).toMatchObject({
      exitCode: 0,
      data: { proof: "proven", changes: [{ text: "create table planned (1 column)" }] },
    });
    expect(JSON.stringify(written["data"])).toContain("plan_and_keep_the_rest");
  });

  it("is refused where what it gives does not work", async () => {
    configure(`processRevision: ({ message, upgrade }) => ({ message, upgrade, downgrade: [] })`);
    expect(await project.limbeckJson("revision -m plan --autogenerate --no-rename --drop-ok")).toMatchObject({
      exitCode: 6,
      error: { code: "LB1104" },
    });
    configure(`processRevision: ({ message }) => ({ message, upgrade: [], downgrade: [] })`);
  });

  it("leaves nothing to generate where it gives nothing", async () => {
    configure(`processRevision: ({ message }) => ({ message, upgrade: [], downgrade: [] })`);
    expect(await project.limbeckJson("revision -m plan --autogenerate --no-rename --drop-ok")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1003" },
    });
    expect(await project.limbeckJson("revision -m mine")).toMatchObject({ exitCode: 0 });
  });

  it.each([
    "() => undefined",
    "() => ({})",
    "(given) => ({ ...given, message: 5 })",
    `(given) => ({ ...given, upgrade: [{ kind: "dropEverything" }] })`,
    `(given) => { given.downgrade.push({ kind: "dropTable" }); return given; }`,
  ])("is the config's fault where it gives no revision: %s", async (code) => {
    configure(`// @ts-ignore
      processRevision: ${code}`);
    const answer = await project.limbeckJson("revision -m more --autogenerate --no-rename --drop-ok");
    expect(answer).toMatchObject({ exitCode: 2, error: { code: "LB0106" } });
  });

  it("may change in place what it is given", async () => {
    configure(`// @ts-ignore
      processRevision: (given) => { given.upgrade.length = 0; given.downgrade.length = 0; return given; }`);
    const answer = await project.limbeckJson("revision -m more --autogenerate --no-rename --drop-ok");
    expect(answer).toMatchObject({ exitCode: 2, error: { code: "LB1003" } });
  });
});

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

describe("limbeck inspect", () => {
  let project: TestProject;

  const run = async (line: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await project.limbeck(line);
    expect({ line, exitCode, stderr }).toMatchObject({ line, exitCode: 0 });
    return stdout;
  };

  beforeAll(() => {
    project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
    project.write("migrations/versions/.gitkeep", "");
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec(`
      CREATE TABLE lists (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL UNIQUE COLLATE NOCASE,
        CONSTRAINT titled CHECK (length(title) > 0)) STRICT;
      CREATE TABLE "odd todos" (id INTEGER PRIMARY KEY, list_id INTEGER NOT NULL REFERENCES lists ON DELETE CASCADE,
        parent INTEGER REFERENCES "odd todos" (id), title VARCHAR(255) DEFAULT 'it''s',
        price DECIMAL(10,2) DEFAULT 1.5, slug TEXT AS (lower(title)) STORED, UNIQUE (list_id, title));
      CREATE INDEX by_title ON "odd todos" (title DESC, lower(slug)) WHERE price > 0;
      CREATE VIEW titles (what) AS SELECT title FROM lists;
      CREATE TRIGGER touch AFTER DELETE ON lists BEGIN DELETE FROM "odd todos"; END;
      CREATE VIRTUAL TABLE search USING fts5(title);
    `);
    database.close();
  });
  afterAll(() => project.dispose());

  it("shows tables with columns, keys and indexes, views and triggers", async () => {
    expect(await run("inspect")).toBe(`lists  strict
  id     INTEGER  primary key, auto-increment
  title  TEXT     not null, unique, collate NOCASE
  check titled: length(title) > 0

odd todos
  id       INTEGER        primary key
  list_id  INTEGER        not null, → lists on delete cascade
  parent   INTEGER        → odd todos.id
  title    VARCHAR(255)   default 'it''s'
  price    DECIMAL(10,2)  default 1.5
  slug     TEXT           stored: lower(title)
  unique (list_id, title)
  index by_title (title desc, lower(slug)) where price > 0

titles  view (what)
  SELECT title FROM lists

touch  trigger of lists
  CREATE TRIGGER touch AFTER DELETE ON lists BEGIN DELETE FROM "odd todos"; END
`);
    const { stderr } = await project.limbeck("inspect");
    expect(stderr).toMatch(
      /^Also there, and models cannot say it:\n {2}virtual table search: the module fts5 keeps it\n/,
    );
  });

  it("shows some tables and views only, with the triggers of the tables", async () => {
    const text = await run("inspect LISTS titles");
    expect(text.match(/^\S+/gm)).toEqual(["lists", "titles", "touch"]);
    expect(await project.limbeckJson("inspect list")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1063", fix: ["limbeck inspect lists", "limbeck inspect"] },
    });
  });

  it("gives statements from which the engine's own client makes the same database", async () => {
    const sql = await run("inspect --sql");
    execFileSync("sqlite3", ["-bail", join(project.folder, "copy.db")], { input: sql });
    const same = await run("inspect --url sqlite:copy.db");
    expect(same).toBe(await run("inspect"));
  });

  it("draws an entity relationship diagram", async () => {
    expect(await run("inspect --mermaid")).toBe(`erDiagram
  "lists" {
    INTEGER id PK
    TEXT title UK
  }
  "odd todos" {
    INTEGER id PK
    INTEGER list_id FK
    INTEGER parent FK
    VARCHAR(255) title
    DECIMAL(10_2) price
    TEXT slug
  }
  "lists" ||--o{ "odd todos" : "list_id"
  "odd todos" |o--o{ "odd todos" : "parent"
`);
  });

  it("writes DBML", async () => {
    expect(await run("inspect --dbml")).toBe(`Table "lists" {
  "id" "INTEGER" [pk, increment]
  "title" "TEXT" [not null, unique]
}

Table "odd todos" {
  "id" "INTEGER" [pk]
  "list_id" "INTEGER" [not null]
  "parent" "INTEGER"
  "title" "VARCHAR(255)" [default: 'it\\'s']
  "price" "DECIMAL(10,2)" [default: 1.5]
  "slug" "TEXT"

  indexes {
    ("list_id", "title") [unique]
    ("title", \`lower(slug)\`) [name: 'by_title', note: 'where price > 0']
  }
}

Ref: "odd todos"."list_id" > "lists"."id" [delete: cascade]
Ref: "odd todos"."parent" > "odd todos"."id"
`);
  });

  it("gives the schema as data with --json, and one form at a time", async () => {
    expect(await project.limbeckJson("inspect lists")).toMatchObject({
      data: {
        schema: { tables: [{ name: "lists", options: { sqlite: { strict: true } } }], views: [], triggers: [{}] },
        unmanaged: [],
      },
    });
    for (const line of ["inspect --sql --dbml", "inspect --mermaid --dbml", "inspect --json --sql"]) {
      expect((await project.limbeck(line)).exitCode).toBe(2);
    }
  });

  it("says so when there is nothing, and makes no database to look at", async () => {
    const { exitCode, stdout, stderr } = await project.limbeck("inspect --url sqlite:none.db");
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "The database holds no tables.\n",
    });
    expect(project.has("none.db")).toBe(false);
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

const DDL = `
  CREATE SCHEMA billing;
  CREATE TYPE mood AS ENUM ('sad', 'ok');
  CREATE TYPE shape AS ENUM ('round');
  CREATE SEQUENCE numbers START 1000 INCREMENT 5;
  CREATE TABLE lists (id integer PRIMARY KEY, form shape);
  CREATE TABLE billing.account (
    id integer PRIMARY KEY, list_id integer REFERENCES lists DEFERRABLE INITIALLY DEFERRED, meta jsonb, name text, feeling mood);
  CREATE INDEX by_meta ON billing.account USING gin (meta jsonb_path_ops);
  CREATE INDEX by_name ON billing.account (name text_pattern_ops) INCLUDE (id);
`;

describe("limbeck inspect on PostgreSQL", () => {
  let database: PostgresDatabase;
  let project: TestProject;

  beforeEach(async (context) => {
    check(context);
    database = await createPostgresDatabase(DDL);
    project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
  });
  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  it("hides nothing of keys, indexes and sequences", async () => {
    const { stdout } = await project.limbeck("inspect");
    for (const text of [
      "numbers  sequence\n  start 1000, increment 5",
      "foreign key account_list_id_fkey (list_id) → lists.id, deferrable initially\n  deferred",
      "index by_meta (meta operatorClass jsonb_path_ops), method gin",
      "index by_name (name operatorClass text_pattern_ops), include (id)",
    ]) {
      expect(stdout).toContain(text);
    }
  });

  it("finds a table without its schema, and shows the types that it uses only", async () => {
    const { exitCode, stdout } = await project.limbeck("inspect account");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^mood {2}enum\n {2}sad, ok\n\nbilling\.account\n/);
    expect(stdout).not.toContain("shape");
  });
});

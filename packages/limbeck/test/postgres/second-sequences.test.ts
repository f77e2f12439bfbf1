import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

async function run(line: string): Promise<number | null> {
  return (await project.limbeck(line)).exitCode;
}

/** A sequence that goes with the column, and was there before the one that numbers it. */
const FIRST = "CREATE TABLE a (id int NOT NULL); CREATE SEQUENCE z AS int INCREMENT 3 OWNED BY a.id;";

describe("a column with a second sequence", { timeout: 60_000 }, () => {
  it("has the identity that it has, and not what the other one counts like", async () => {
    const write = (start: number): void =>
      project.write(
        "schema.sql",
        `${FIRST} ALTER TABLE a ALTER id ADD GENERATED ALWAYS AS IDENTITY (START ${start} INCREMENT 2);`,
      );
    const read = () =>
      database.rows("SELECT identity_start, identity_increment FROM information_schema.columns WHERE table_name = 'a'");
    write(5);
    expect(await run("revision -m one --autogenerate")).toBe(0);
    expect(await run("upgrade head")).toBe(0);
    expect(await read()).toEqual([{ identity_start: "5", identity_increment: "2" }]);
    write(7);
    expect(await run("check")).not.toBe(0);
    expect(await run("revision -m two --autogenerate")).toBe(0);
    expect(await run("upgrade head")).toBe(0);
    expect(await read()).toEqual([{ identity_start: "7", identity_increment: "2" }]);
    expect(await run("check")).toBe(0);
  });

  it("is numbered by the one that its default names", async () => {
    project.write(
      "schema.sql",
      `${FIRST} CREATE SEQUENCE a_id_seq AS int OWNED BY a.id; ALTER TABLE a ALTER id SET DEFAULT nextval('a_id_seq');`,
    );
    expect(await run("revision -m one --autogenerate")).toBe(0);
    expect(await run("upgrade head")).toBe(0);
    await database.run("INSERT INTO a DEFAULT VALUES", "INSERT INTO a DEFAULT VALUES");
    expect(await database.rows("SELECT id FROM a ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await run("check")).toBe(0);
  });
});

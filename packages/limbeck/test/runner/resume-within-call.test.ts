import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";

const check = requireMariadb();
let project: TestProject;
let database: MariadbDatabase;

beforeEach(async (context) => {
  check(context);
  project = createTestProject();
  database = await createMariadbDatabase(
    "CREATE TABLE par (id int, b int)",
    "INSERT INTO par VALUES (1, 1), (2, 1)",
    "CREATE TABLE counts (n int)",
    "INSERT INTO counts VALUES (0)",
  );
  project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

const write = (up: string): void => project.writeRevision("a1", null, "several", { up });

const writeScript = (...statements: readonly string[]): void =>
  write(`await op.execute(${JSON.stringify(statements.join("; "))});`);

const upgrade = async (): Promise<{ readonly exitCode: number; readonly text: string }> => {
  const { exitCode, stderr } = await project.limbeck("upgrade head");
  return { exitCode, text: stderr.replaceAll(/\s+/g, " ") };
};

describe("a call of several statements, one of which the server refused", () => {
  const COUNT = "UPDATE counts SET n = n + 1";
  const REFUSED = "ALTER TABLE par ADD UNIQUE uu (b)";
  const CORRECTED = "ALTER TABLE par ADD UNIQUE uu (id)";

  it("goes on from that statement on once it is right, and runs nothing twice", async () => {
    writeScript(COUNT, "ALTER TABLE par ADD c INT", REFUSED, COUNT);
    // What is noted of the rest by a second run counts for the third one.
    for (const run of ["first", "second"]) {
      const { exitCode, text } = await upgrade();
      expect({ run, exitCode, text }).toEqual({ run, exitCode: 7, text: expect.stringContaining("error 1062") });
      expect(text).toContain("Correct the revision file from the statement that failed on");
      expect(text).not.toContain("Everything this revision had done was rolled back");
    }
    writeScript(COUNT, "ALTER TABLE par ADD c INT", CORRECTED, COUNT, COUNT);
    expect(await upgrade()).toMatchObject({ exitCode: 0 });
    expect(await database.rows("SELECT n FROM counts")).toEqual([{ n: 3 }]);
    expect(await database.rows("SHOW INDEX FROM par")).toMatchObject([{ Key_name: "uu", Column_name: "id" }]);
  });

  it("does not where a statement in front of it is another one", async () => {
    writeScript("ALTER TABLE par ADD c INT", REFUSED);
    expect((await upgrade()).exitCode).toBe(7);
    writeScript("ALTER TABLE par ADD d INT", CORRECTED);
    const { exitCode, text } = await upgrade();
    expect({ exitCode, text }).toEqual({ exitCode: 7, text: expect.stringContaining("LB1302") });
    expect(text).toContain("call 1, of which the first statement has run");
    writeScript("ALTER TABLE par ADD c INT", CORRECTED);
    expect(await upgrade()).toMatchObject({ exitCode: 0 });
  });

  it("sets for its session again what was set in front", async () => {
    writeScript("SET @step = 5", "ALTER TABLE par ADD c INT", REFUSED);
    expect((await upgrade()).exitCode).toBe(7);
    writeScript("SET @step = 5", "ALTER TABLE par ADD c INT", "UPDATE counts SET n = @step");
    expect(await upgrade()).toMatchObject({ exitCode: 0 });
    expect(await database.rows("SELECT n FROM counts")).toEqual([{ n: 5 }]);
  });
});

describe("a call of op that became several statements, one of which the server refused", () => {
  const batch = (column: string): string =>
    `await op.batchAlterTable("par", (table) => {
      table.renameColumn("b", "c");
      table.createUniqueConstraint("uu", ["${column}"]);
    });`;

  it("has to stay as it is, and that is what the failure says", async () => {
    write(batch("c"));
    const { exitCode, text } = await upgrade();
    expect({ exitCode, text }).toEqual({ exitCode: 7, text: expect.stringContaining("error 1062") });
    expect(text).not.toContain("Correct the revision file");
    expect(text).toContain("Leave that call as it is in the file");
    write(batch("id"));
    expect((await upgrade()).text).toContain("LB1302");
    await database.run("UPDATE par SET c = id");
    write(batch("c"));
    expect(await upgrade()).toMatchObject({ exitCode: 0 });
  });
});

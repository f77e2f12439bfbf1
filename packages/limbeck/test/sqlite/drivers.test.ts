import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { createTodoProject } from "../cli/test-project.ts";
import { testDeclaredTypes } from "./drivers/declared-types.ts";
import { testExisting } from "./drivers/existing.ts";
import { testKysely } from "./drivers/kysely.ts";
import { testMainJob, testMainJobInMemory } from "./drivers/main-job.ts";
import { testOpening } from "./drivers/opening.ts";
import { testExecution, testParameters } from "./drivers/statements.ts";
import { EXISTING, OPENED, type Subject } from "./drivers/subject.ts";
import { testTransactions } from "./drivers/transactions.ts";
import { testValues } from "./drivers/values.ts";

let folder = "";

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-drivers-")));
});

afterEach(() => rmSync(folder, { recursive: true }));

const getFolder = (): string => folder;

/** What every way to a database has in common. */
function testConnection(subject: Subject): void {
  testValues(subject);
  testParameters(subject);
  testExecution(subject);
  testDeclaredTypes(subject);
  testTransactions(subject, getFolder);
}

describe.each(OPENED)("$name", (subject) => {
  testConnection(subject);
  testOpening(subject, getFolder);
  testMainJob(subject);
});

describe.each(EXISTING)("$name", (subject) => {
  testConnection(subject);
  testExisting(subject, getFolder);
  testMainJobInMemory(subject);
  testKysely(subject);
});

describe("the choice of a driver", () => {
  it("is node:sqlite when nothing is said", async () => {
    const [chosen, usual] = await Promise.all([sqlite.openScratch({ driver: "node:sqlite" }), sqlite.openScratch()]);
    expect(usual.serverVersion).toBe(chosen.serverVersion);
    expect(usual.serverVersion).toBe(process.versions["sqlite"]);
    await Promise.all([chosen.close(), usual.close()]);
  });

  it("is one of the known ones, named before anything is opened", async () => {
    const connecting = sqlite.connect(`sqlite:${join(folder, "missing", "a.db")}`, { driver: "sqlite3" });
    await expect(connecting).rejects.toMatchObject({ code: "LB0617", why: expect.stringContaining("better-sqlite3") });
  });

  it.each([
    ["a plain object", {}],
    ["an object of the class Map", new Map()],
    ["a plain object", Object.create(null) as object],
  ])("is not made from %s", async (found, value) => {
    expect(sqlite.identifyConnection(value)).toBeUndefined();
    await expect(sqlite.connect(value)).rejects.toMatchObject({ code: "LB0618", why: `It is ${found}.` });
  });

  it("is made in the config, and an open database there takes the place of the URL", async () => {
    const project = createTodoProject();
    project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db", driver: "better-sqlite" };`);
    expect(await project.limbeckJson("current")).toMatchObject({ exitCode: 2, error: { code: "LB0617" } });
    project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db", driver: "better-sqlite3" };`);
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    project.write(
      "limbeck.config.ts",
      `import { createRequire } from "node:module";
       const Database = createRequire(${JSON.stringify(import.meta.url)})("libsql");
       export default { connection: () => new Database(${JSON.stringify(join(project.folder, "todo.db"))}) };`,
    );
    const database = `sqlite:${join(project.folder, "todo.db")}`;
    expect(await project.limbeckJson("current")).toMatchObject({
      data: { database, revisions: [{ revision: "a002" }] },
    });
    expect((await project.limbeck("status")).stdout).toContain("(from connection)");
    expect((await project.limbeck("downgrade -1")).exitCode).toBe(0);
    expect(await project.limbeckJson("current")).toMatchObject({ data: { revisions: [{ revision: "a001" }] } });
    project.write("limbeck.config.ts", `export default { connection: () => new Map() };`);
    expect(await project.limbeckJson("current")).toMatchObject({ exitCode: 2, error: { code: "LB0618" } });
    project.dispose();
  });
});

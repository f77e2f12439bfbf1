import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { testDeclaredTypes } from "./drivers/declared-types.ts";
import { testExisting } from "./drivers/existing.ts";
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
});

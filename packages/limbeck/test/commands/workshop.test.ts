import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";

const WORKSHOP = join(import.meta.dirname, "../../../../workshop/00_personal_todo");

const SERVERS = [
  { name: "PostgreSQL", check: requirePostgres(), create: createPostgresDatabase },
  { name: "MariaDB", check: requireMariadb(), create: createMariadbDatabase },
];

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  for (const name of ["limbeck.config.ts", "app", "migrations"]) {
    cpSync(join(WORKSHOP, name), join(project.folder, name), { recursive: true });
  }
});

afterEach(() => project.dispose());

/** @returns what went wrong; nothing when all went well */
async function runAll(lines: readonly string[]): Promise<readonly string[]> {
  for (const line of lines) {
    const { exitCode, stderr } = await project.limbeck(line);
    if (exitCode !== 0) return [line, stderr];
  }
  return [];
}

// Fourteen command lines, each with scratch databases.
describe("the workshop's history", { timeout: 300_000 }, () => {
  it("leads to its models, and back, and again", async () => {
    expect(
      await runAll(["upgrade head", "check", "downgrade base", "upgrade head", "check", "status --check", "test"]),
    ).toEqual([]);
    const run = await project.limbeckJson("history");
    const { revisions } = run["data"] as { readonly revisions: readonly { readonly revision: string }[] };
    expect(revisions.map(({ revision }) => revision)).toEqual([
      "2026_02_21_005",
      "2026_02_21_004",
      "2026_02_21_003",
      "2026_02_21_002",
      "2026_02_21_001",
    ]);
  });

  it.for(SERVERS)("does so on $name with nothing but another URL", async (server, context) => {
    server.check(context);
    const database = await server.create();
    try {
      const lines = ["upgrade head", "check", "downgrade base", "upgrade head", "check", "status --check", "test"];
      expect(await runAll(lines.map((line) => `${line} --url ${database.url}`))).toEqual([]);
    } finally {
      await database.drop();
    }
  });
});

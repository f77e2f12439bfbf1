import { spawn } from "node:child_process";
import { text as readAll } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { createMariadbDatabase, requireMariadb } from "../packages/limbeck/test/support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../packages/limbeck/test/support/postgres-server.ts";
import { ADVANCED_WORKSHOP, WORKSHOP } from "../tools/copy-workshop.ts";
import { createSystemEnvironment } from "../tools/walkthrough/system-environment.ts";

/** An SQLite file of its own, which the tests of the workshop make where no database is named. */
const createSqliteDatabase = async () => ({ url: "", drop: async () => undefined });

const ENGINES = [
  { name: "SQLite", check: () => undefined, create: createSqliteDatabase },
  { name: "PostgreSQL", check: requirePostgres(), create: createPostgresDatabase },
  { name: "MariaDB", check: requireMariadb(), create: createMariadbDatabase },
];

/** Each with more tests than this. */
const WORKSHOPS = [
  { name: "workshop", workshop: WORKSHOP, tests: 80 },
  { name: "advanced workshop", workshop: ADVANCED_WORKSHOP, tests: 60 },
];

interface Run {
  readonly status: number | null;
  readonly output: string;
}

/** Runs the tests that a workshop brings, as `make test` does there. */
async function runTests(workshop: string, databaseUrl: string): Promise<Run> {
  const long = process.env["LIMBECK_LONG"];
  const env = {
    ...createSystemEnvironment(),
    TEST_DATABASE_URL: databaseUrl,
    ...(long !== undefined && { LIMBECK_LONG: long }),
  };
  const args = ["--test", "--test-isolation=none", "--test-reporter=tap", "tests/**/*.test.ts"];
  const child = spawn(process.execPath, args, { cwd: workshop, env, stdio: ["ignore", "pipe", "pipe"] });
  const exited = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout, stderr, status] = await Promise.all([readAll(child.stdout), readAll(child.stderr), exited]);
  return { status, output: stdout + stderr };
}

describe.each(WORKSHOPS)("the service of the $name", ({ workshop, tests }) => {
  it.for(ENGINES)("keeps its contract on $name", { timeout: 600_000 }, async (engine, context) => {
    engine.check(context);
    const database = await engine.create();
    try {
      const { status, output } = await runTests(workshop, database.url);
      if (status !== 0) throw new Error(`The tests of the workshop ended with ${status}:\n${output}`);
      const count = (what: string): number => Number(new RegExp(`^# ${what} (\\d+)$`, "m").exec(output)?.[1]);
      // No test that is left out, and none that was not found.
      expect({ fail: count("fail"), skipped: count("skipped"), todo: count("todo") }).toEqual({
        fail: 0,
        skipped: 0,
        todo: 0,
      });
      expect(count("pass")).toBeGreaterThan(tests);
    } finally {
      await database.drop();
    }
  });
});

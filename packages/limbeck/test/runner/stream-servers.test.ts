import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import { readLines } from "../support/stream-lines.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
});

afterEach(() => project.dispose());

const ENGINES = [
  { name: "PostgreSQL", require: requirePostgres(), create: () => createPostgresDatabase() },
  { name: "MariaDB", require: requireMariadb(), create: () => createMariadbDatabase() },
];

describe.each(ENGINES)("--json=stream on $name", ({ require, create }) => {
  beforeEach(require);

  it("tells of batches and rows, and keeps the password of the URL and bound values to itself", async () => {
    const database = await create();
    try {
      const url = new URL(database.url);
      // The server of PostgreSQL takes any.
      if (url.protocol === "postgres:") url.password = "s3cret-of-url";
      project.write("limbeck.config.ts", `export default { url: ${JSON.stringify(database.url)} };\n`);
      project.writeRevision("a1", null, "first", {
        up: `await op.createTable("t", { id: integer().primaryKey(), n: integer() });
          await op.bulkInsert("t", [1, 2, 3].map((id) => ({ id, n: 4711 })));
          const [row] = await op.query("SELECT n FROM t WHERE id = 1");
          if (row.n !== 4711) throw new Error("not read");`,
      });
      project.writeRevision("b2", "a1", "second", {
        up: `await op.backfill("t", { set: { n: "n + 1" }, batchSize: 2 });`,
      });
      const { exitCode, stdout, stderr } = await project.limbeck(`upgrade head --json=stream --url ${url.href}`);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout).not.toMatch(/s3cret-of-url|4711/);
      const lines = readLines(stdout);
      const batches = lines.filter(({ event }) => event === "backfillProgress");
      expect(batches.map(({ revision, table, rows, total }) => ({ revision, table, rows, total }))).toEqual([
        { revision: "b2", table: "t", rows: 2, total: 3 },
        { revision: "b2", table: "t", rows: 3, total: 3 },
      ]);
      const inserted = lines.find(
        ({ event, sql }) => event === "statementFinished" && /INSERT INTO .t. /.test(String(sql)),
      );
      expect(inserted).toMatchObject({ revision: "a1", rows: 3 });
      expect(lines.at(-1)).toMatchObject({ event: "runFinished", ok: true, standsAt: ["b2"] });
    } finally {
      await database.drop();
    }
  });
});

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Row } from "../../src/dialect/connection.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import { runMainJob } from "../support/run-main-job.ts";
import { EXISTING } from "./drivers/subject.ts";

const check = requirePostgres();

const TABLES = "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'";

async function readUrl(url: string, sql: string): Promise<readonly Row[]> {
  const connection = await postgres.connect(url);
  try {
    return await connection.query(sql);
  } finally {
    await connection.close();
  }
}

describe("the main job", () => {
  it("is done through postgres.js", async (context) => {
    check(context);
    const database = await createPostgresDatabase();
    const read = (_: TestProject, sql: string): Promise<readonly Row[]> => readUrl(database.url, sql);
    expect(await runMainJob({ config: `url: "${database.url}", driver: "postgres"`, read, tables: TABLES })).toBe(
      "done",
    );
    await database.drop();
  });

  // The whole of it is done on an object of PGlite below; every database that is made here takes seconds.
  it(
    "is begun on PGlite, in a folder beside the config, with nothing installed but that",
    { timeout: 300_000 },
    async () => {
      const project = createTestProject();
      project.write(
        "limbeck.config.ts",
        `export default { url: "pglite:data", driver: "pglite", models: "schema.sql" };`,
      );
      project.write("migrations/versions/.gitkeep", "");
      project.write(
        "schema.sql",
        "CREATE TABLE todos (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz);",
      );
      for (const line of ["revision --autogenerate -m one", "upgrade head", "check"]) {
        expect({ line, ...(await project.limbeck(line)) }).toMatchObject({ line, exitCode: 0 });
      }
      expect(await readUrl(`pglite:${join(project.folder, "data")}`, "SELECT * FROM todos")).toStrictEqual([]);
      project.dispose();
    },
  );

  it.each(EXISTING)("is done on $name, handed over", { timeout: 300_000 }, async (subject) => {
    const place = await subject.createPlace();
    const scratch = subject.name === "an instance of Kysely" ? await createPostgresDatabase() : undefined;
    const own = await subject.openOwn(place);
    const read = async (_: TestProject, sql: string): Promise<readonly Row[]> => {
      const connection = await postgres.connect(own.object);
      try {
        return await connection.query(sql);
      } finally {
        await connection.close();
      }
    };
    try {
      const config = scratch === undefined ? "" : `scratch: "${scratch.url}"`;
      expect(await runMainJob({ config, connection: own.object, read, tables: TABLES })).toBe("done");
    } finally {
      await own.close();
      await place.drop();
      await scratch?.drop();
    }
  });
});

describe("PGlite", () => {
  it("is read as an empty database where there is none, and is not made by looking", async () => {
    const project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "pglite:data" };`);
    project.write("migrations/versions/.gitkeep", "");
    const { list } = project;
    const before = list();
    expect((await project.limbeck("current")).exitCode).toBe(0);
    expect(list()).toEqual(before);
    project.dispose();
  }, 120_000);

  it("has a folder for itself: nobody else gets in meanwhile, and what is none of its own stays as it is", async () => {
    const project = createTestProject();
    const url = `pglite:${join(project.folder, "data")}`;
    await expect(postgres.connect(url, { readOnly: true })).rejects.toMatchObject({ code: "LB0603" });
    const lock = await postgres.acquireLock(url, 0);
    await expect(postgres.acquireLock(url, 0)).rejects.toMatchObject({ code: "LB0801" });
    await expect(postgres.connect(url, { busyTimeout: 10 })).rejects.toMatchObject({ code: "LB0801" });
    const connection = await lock.connect();
    await connection.execute("CREATE TABLE kept (id int)");
    await lock.release();
    const again = await postgres.connect(url, { readOnly: true });
    expect(await again.query("SELECT * FROM kept")).toStrictEqual([]);
    await expect(again.execute("DROP TABLE kept")).rejects.toThrow("read-only transaction");
    const copy = await postgres.openCopy(again);
    await copy.execute("DROP TABLE kept");
    await copy.close();
    expect(await again.query("SELECT * FROM kept")).toStrictEqual([]);
    await again.close();
    project.write("other/file", "text");
    const other = `pglite:${join(project.folder, "other")}`;
    await expect(postgres.connect(other)).rejects.toMatchObject({ code: "LB0607" });
    await expect(postgres.connect(`${other}/missing/data`)).rejects.toMatchObject({ code: "LB0604" });
    expect(project.read("other/file")).toBe("text");
    project.dispose();
  }, 120_000);
});

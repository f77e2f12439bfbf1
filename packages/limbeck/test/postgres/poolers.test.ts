import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";
import { startPooler, type Pooler, type PoolMode } from "../support/transaction-pooler.ts";

const check = requirePostgres();

// The package has no types.
const pg = createRequire(import.meta.url)("pg") as {
  readonly Pool: new (config: object) => object & { end(): Promise<void> };
};

/** What the next client of a pool finds in its session: whether it may write, and how many locks are left. */
async function readThrough(url: string): Promise<string> {
  const sql =
    "SELECT current_setting('default_transaction_read_only'), (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())";
  const { stdout } = await promisify(execFile)("psql", ["-At", `${url}?sslmode=disable&gssencmode=disable`, "-c", sql]);
  return stdout;
}

describe.each(["pg", "postgres"])("%s through a pooler", (driver) => {
  let database: PostgresDatabase;
  let project: TestProject;
  let pooler: Pooler;

  beforeEach(async (context) => {
    check(context);
    database = await createPostgresDatabase();
    project = createTestProject();
    project.write("migrations/versions/.gitkeep", "");
  });
  afterEach(async () => {
    await pooler.stop();
    project.dispose();
    await database.drop();
  });

  const start = async (mode: PoolMode): Promise<string> => {
    const url = new URL(database.url);
    pooler = await startPooler(Number(url.port || "5432"), mode);
    url.port = String(pooler.port);
    project.write(
      "limbeck.config.ts",
      `export default { url: "${url.href}", driver: "${driver}", models: () => import("./models.ts") };\n`,
    );
    project.write(
      "models.ts",
      `import { integer, table } from "limbeck/schema";
      export const todos = table("todos", { id: integer().primaryKey() });\n`,
    );
    return url.href;
  };

  it("is refused where transactions share sessions, before anything is set in one", async () => {
    const url = await start("transaction");
    for (const line of ["current", "status", "upgrade head", "revision -m x --autogenerate"]) {
      expect(await project.limbeckJson(line)).toMatchObject({ exitCode: 2, error: { code: "LB0649" } });
    }
    expect(await readThrough(url)).toBe("off|0\n");
  });

  it("works where every client has a session", async () => {
    await start("session");
    expect(await project.limbeckJson("revision -m x --autogenerate")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
  });
});

describe("a pool of pg that leads through a pooler", () => {
  it("is refused as well", async (context) => {
    check(context);
    const database = await createPostgresDatabase();
    const url = new URL(database.url);
    const pooler = await startPooler(Number(url.port || "5432"), "transaction");
    url.port = String(pooler.port);
    const pool = new pg.Pool({ connectionString: url.href, max: 2 });
    await expect(postgres.connect(pool, { readOnly: true })).rejects.toMatchObject({ code: "LB0649" });
    await expect(postgres.acquireLock(pool, 0)).rejects.toMatchObject({ code: "LB0649" });
    expect(await readThrough(url.href)).toBe("off|0\n");
    await pool.end();
    await pooler.stop();
    await database.drop();
  });
});

import { describe, expect, it } from "vitest";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { createPostgresDatabase, POSTGRES_URL, requirePostgres } from "../support/postgres-server.ts";

const check = requirePostgres();

const SECRET = "s3cret-word";

async function refuse(url: string): Promise<unknown> {
  const error: unknown = await postgres.connect(url).then(
    (connection) => connection.close(),
    (reason: unknown) => reason,
  );
  expect(JSON.stringify(error)).not.toContain(SECRET);
  return error;
}

describe("what keeps PostgreSQL from being reached", () => {
  it("is a server that does not answer", async () => {
    expect(await refuse(`postgres://me:${SECRET}@127.0.0.1:1/app`)).toMatchObject({
      code: "LB0631",
      title: "No database server answers at postgres://me:***@127.0.0.1:1/app.",
      fix: ["pg_isready -h 127.0.0.1 -p 1 -U me"],
    });
  });

  it("is a socket that is not there", async () => {
    expect(await refuse("postgres://me@/app?host=/nowhere/at/all")).toMatchObject({ code: "LB0631" });
  });

  it("is a URL that cannot be read", async () => {
    expect(await refuse(`postgres:/me:${SECRET}@host/app`)).toMatchObject({ code: "LB0601" });
  });

  it("is a database that does not exist, which createdb would create", async (context) => {
    check(context);
    const url = new URL(POSTGRES_URL);
    url.pathname = "/no_such_database";
    expect(await refuse(url.href)).toMatchObject({
      code: "LB0623",
      title: 'There is no database "no_such_database" on the server.',
      fix: [expect.stringMatching(/^createdb .*no_such_database$/)],
    });
  });

  it("is a user whom the server does not know", async (context) => {
    check(context);
    const url = new URL(POSTGRES_URL);
    url.username = "nobody_by_that_name";
    url.password = SECRET;
    expect(await refuse(url.href)).toMatchObject({ code: expect.stringMatching(/^LB062[24]$/) });
  });

  it("is a driver of another name", async () => {
    await expect(postgres.connect("postgres://localhost/a", { driver: "mysql2" })).rejects.toMatchObject({
      code: "LB0617",
    });
  });

  it("may be a role that may not create scratch databases, unless one is named", async (context) => {
    check(context);
    const database = await createPostgresDatabase();
    const scratch = await createPostgresDatabase();
    const role = `${database.name}_role`;
    await database.run(
      `CREATE ROLE ${role} LOGIN; GRANT ALL ON SCHEMA public TO ${role}; ALTER DATABASE ${scratch.name} OWNER TO ${role}`,
    );
    await scratch.run(`ALTER SCHEMA public OWNER TO ${role}`);
    const as = (url: string): string => {
      const own = new URL(url);
      own.username = role;
      return own.href;
    };
    try {
      await expect(postgres.openScratch({ beside: as(database.url) })).rejects.toMatchObject({ code: "LB0626" });
      const url = as(scratch.url);
      const first = await postgres.openScratch({ beside: as(database.url), url });
      await first.execute("CREATE TABLE t (id int)");
      await expect(postgres.openScratch({ url })).rejects.toMatchObject({ code: "LB0628" });
      await first.close();
      expect(await scratch.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toEqual([]);
      await scratch.run("CREATE TABLE somebodys (id int)");
      await expect(postgres.openScratch({ url })).rejects.toMatchObject({ code: "LB0627" });
      expect(await scratch.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toHaveLength(1);
    } finally {
      await database.drop();
      await scratch.drop();
      const server = await postgres.connect(POSTGRES_URL);
      await server.execute(`DROP ROLE ${role}`);
      await server.close();
    }
  });
});

import { describe, expect, it } from "vitest";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { LimbeckError } from "../../src/kernel/errors/limbeck-error.ts";
import { createMariadbDatabase, MARIADB_URL, requireMariadb } from "../support/mariadb-server.ts";

const check = requireMariadb();

const SECRET = "s3cret-word";

async function refuse(url: string): Promise<unknown> {
  const error: unknown = await mysql.connect(url).then(
    (connection) => connection.close(),
    (reason: unknown) => reason,
  );
  expect(JSON.stringify(error)).not.toContain(SECRET);
  return error;
}

describe("what keeps MariaDB from being reached", () => {
  it("is a server that does not answer", async () => {
    expect(await refuse(`mysql://me:${SECRET}@127.0.0.1:1/app`)).toMatchObject({
      code: "LB0631",
      title: "No database server answers at mysql://me:***@127.0.0.1:1/app.",
      fix: ["mariadb-admin -h 127.0.0.1 -P 1 -u me ping"],
    });
  });

  it("is a socket that is not there", async () => {
    expect(await refuse("mariadb://me@/app?socket=/nowhere/at/all")).toMatchObject({
      code: "LB0631",
      fix: ["mariadb-admin -S /nowhere/at/all -u me ping"],
    });
  });

  it.each([
    ["cannot be read", `mysql:/me:${SECRET}@host/app`, "LB0601"],
    ["names no database", `mysql://me:${SECRET}@host/`, "LB0601"],
    ["has a parameter that means nothing", `mysql://me:${SECRET}@host/app?sslmod=${SECRET}`, "LB0602"],
    ["asks for another kind of encryption", `mysql://me:${SECRET}@host/app?ssl-mode=maybe`, "LB0601"],
    ["names a certificate that is not there", `mysql://me:${SECRET}@host/app?ssl-ca=/nowhere.pem`, "LB0601"],
    ["has a per cent sign that begins nothing", `mysql://me:%${SECRET}@host/app`, "LB0601"],
  ])("is a URL that %s", async (_, url, code) => {
    expect(await refuse(url)).toMatchObject({ code });
  });

  it("is a database that does not exist, which the client would create", async (context) => {
    check(context);
    const url = new URL(MARIADB_URL);
    url.pathname = "/no_such_database";
    expect(await refuse(url.href)).toMatchObject({
      code: "LB0623",
      title: 'There is no database "no_such_database" on the server.',
      fix: [expect.stringMatching(/^mariadb .* -e 'CREATE DATABASE `no_such_database`'$/)],
    });
  });

  it("is a user whom the server does not know", async (context) => {
    check(context);
    const url = new URL(MARIADB_URL);
    url.username = "nobody_by_that_name";
    url.password = SECRET;
    expect(await refuse(url.href)).toMatchObject({
      code: "LB0622",
      why: expect.stringContaining("Access denied for user 'nobody_by_that_name'"),
      fix: [expect.stringMatching(/^mariadb .* -u nobody_by_that_name -p \S+$/)],
    });
  });

  it("is a driver of another name", async () => {
    await expect(mysql.connect("mysql://localhost/a", { driver: "pg" })).rejects.toMatchObject({ code: "LB0617" });
  });

  it("is nothing where encryption is asked of a server that has it, or said plainly where it has none", async (context) => {
    check(context);
    const url = new URL(MARIADB_URL);
    url.searchParams.set("ssl-mode", "required");
    const error = await refuse(url.href);
    const code: unknown = error instanceof LimbeckError ? error.code : error;
    expect([undefined, "LB0624"]).toContain(code);
  });

  it("may be a user who may not create scratch databases, unless one is named", async (context) => {
    check(context);
    const database = await createMariadbDatabase();
    const scratch = await createMariadbDatabase();
    const user = database.name.slice(-12);
    await database.run(
      `CREATE USER '${user}'@'%' IDENTIFIED BY '${SECRET}';
      GRANT ALL ON \`${database.name}\`.* TO '${user}'@'%'; GRANT ALL ON \`${scratch.name}\`.* TO '${user}'@'%'`,
    );
    const as = (url: string): string => {
      const own = new URL(url);
      own.username = user;
      own.password = SECRET;
      return own.href;
    };
    try {
      await expect(mysql.openScratch({ beside: as(database.url) })).rejects.toMatchObject({ code: "LB0626" });
      const url = as(scratch.url);
      const first = await mysql.openScratch({ beside: as(database.url), url });
      await first.execute("CREATE TABLE t (id int)");
      await expect(mysql.openScratch({ url })).rejects.toMatchObject({ code: "LB0628" });
      await first.close();
      const tables = "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()";
      expect(await scratch.rows(tables)).toEqual([]);
      await scratch.run("CREATE TABLE somebodys (id int)");
      await expect(mysql.openScratch({ url })).rejects.toMatchObject({ code: "LB0627" });
      expect(await scratch.rows(tables)).toHaveLength(1);
    } finally {
      await database.run(`DROP USER '${user}'@'%'`);
      await database.drop();
      await scratch.drop();
    }
  });
});

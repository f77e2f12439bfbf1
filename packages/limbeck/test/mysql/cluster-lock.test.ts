import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { LockTable } from "../../src/dialects/mysql/cluster/lock-row.ts";
import { openLeaseTaker, type LeaseTaker } from "../../src/dialects/mysql/cluster/take-lease.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";

const check = requireMariadb();

let database: MariadbDatabase;
let user: string;
let low: Connection;

beforeEach(async (context) => {
  check(context);
  database = await createMariadbDatabase();
  user = `low_${randomBytes(4).toString("hex")}`;
  await database.run(`CREATE USER ${user} IDENTIFIED BY 'x'`);
  await grant("SELECT, INSERT, UPDATE, DELETE");
  low = await connect();
});
afterEach(async () => {
  await low.close();
  await database.run(`DROP USER ${user}`);
  await database.drop();
});

const change = (verb: string, rights: string, direction: string): Promise<void> =>
  database.run(`${verb} ${rights} ON \`${new URL(database.url).pathname.slice(1)}\`.* ${direction} ${user}`);
const grant = (rights: string): Promise<void> => change("GRANT", rights, "TO");

const connect = (): Promise<Connection> => {
  const url = new URL(database.url);
  url.username = user;
  url.password = "x";
  return mysql.connect(url.href);
};

/** Rights on a database count for sessions that begin after they were given. */
async function renew(): Promise<void> {
  await low.close();
  low = await connect();
}

const open = (server: string): Promise<LeaseTaker> =>
  openLeaseTaker({ connection: low, server, table: new LockTable("limbeck_version"), open: connect });

describe("the lock of a cluster", () => {
  it("needs the right to create tables only where there is none for it, and says so", async () => {
    const taker = await open("one");
    await expect(taker.attempt()).rejects.toMatchObject({
      code: "LB0806",
      why: expect.stringMatching(/limbeck_lock.*1142/),
      fix: expect.arrayContaining([expect.stringContaining("GRANT CREATE")]),
    });
    await grant("CREATE");
    await renew();
    const second = await open("one");
    expect(await second.attempt()).toBe(true);
    await second.keep().end();
    await change("REVOKE", "CREATE", "FROM");
    await renew();
    const third = await open("one");
    expect(await third.attempt()).toBe(true);
    await third.keep().end();
    await taker.close();
  });

  it("is taken at once from a session of the same server that has ended, and of another one not before its lease ends", async () => {
    await grant("CREATE");
    await renew();
    const [dead, next, far] = await Promise.all(["one", "one", "two"].map(open));
    expect(await dead?.attempt()).toBe(true);
    expect(await far?.attempt()).toBe(false);
    expect(far?.findHolder()).toMatchObject({ server: "one" });
    expect(await next?.attempt()).toBe(true);
    for (const taker of [dead, next, far]) await taker?.close();
  });
});

import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { readText } from "../../src/dialects/mysql/driver/read-text.ts";
import { findHolders } from "../../src/dialects/mysql/find-holders.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { requireMariadb } from "../support/mariadb-server.ts";
import { startOwnMariadbServer, type OwnMariadbServer } from "../support/own-mariadb-server.ts";

const check = requireMariadb();

let server: OwnMariadbServer | undefined;
let sessions: Connection[] = [];

/** A session of an own server, which tells of locks. */
async function open(): Promise<{ readonly connection: Connection; readonly id: string }> {
  const connection = await mysql.connect(`mariadb://root@127.0.0.1:${server?.port}/app`);
  sessions.push(connection);
  const [row] = await connection.query("SELECT CAST(CONNECTION_ID() AS CHAR) AS id");
  return { connection, id: readText(row, "id") };
}

beforeAll(async () => {
  try {
    server = await startOwnMariadbServer(() => ["--plugin-load-add=metadata_lock_info"]);
  } catch {
    return;
  }
  const first = await mysql.connect(`mariadb://root@127.0.0.1:${server.port}/mysql`);
  await first.execute("CREATE DATABASE app");
  await first.execute("CREATE TABLE app.todos (id INT PRIMARY KEY)");
  await first.execute("CREATE TABLE app.others (id INT PRIMARY KEY)");
  await first.close();
});

afterAll(async () => {
  for (const session of sessions) await session.close();
  sessions = [];
  await server?.stop();
});

describe("who keeps a change of a table waiting on MariaDB", () => {
  it("is the session that holds that table, where the plugin tells, and no other", async (context) => {
    check(context);
    if (!server) context.skip("no server of its own could be started");
    const [holder, bystander, waiting, observer] = [await open(), await open(), await open(), await open()];
    for (const [{ connection }, table] of [
      [holder, "todos"],
      [bystander, "others"],
    ] as const) {
      await connection.execute("START TRANSACTION");
      await connection.query(`SELECT count(*) FROM ${table}`);
    }
    const altering = waiting.connection.execute("ALTER TABLE todos ADD COLUMN due INT");
    await wait(500);
    const found = await findHolders(observer.connection, waiting.id);
    expect(found).toEqual([
      {
        session: holder.id,
        user: "root",
        address: expect.stringMatching(/^(127\.0\.0\.1|localhost):\d+$/),
        state: "idle in a transaction",
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+Z$/),
        end: `KILL ${holder.id};`,
      },
    ]);
    await holder.connection.execute("COMMIT");
    await altering;
    await bystander.connection.execute("COMMIT");
  });
});

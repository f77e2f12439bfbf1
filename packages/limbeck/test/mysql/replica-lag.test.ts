import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { findFreePort } from "../support/find-free-port.ts";
import { requireMariadb } from "../support/mariadb-server.ts";
import { startOwnMariadbServer, type OwnMariadbServer } from "../support/own-mariadb-server.ts";
import { createReplicaProject, FILL, listNotices, type ReplicaProject } from "../support/replica-project.ts";

const check = requireMariadb();
const IS_LONG = process.env["LIMBECK_LONG"] === "1";

let primary: OwnMariadbServer;
let replica: OwnMariadbServer;
let project: ReplicaProject;

const urlOf = ({ port }: OwnMariadbServer, login = "root"): string => `mariadb://${login}@127.0.0.1:${port}/app`;

async function query(server: OwnMariadbServer, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const connection = await mysql.connect(`mariadb://root@127.0.0.1:${server.port}/information_schema`);
  try {
    return await connection.query(sql);
  } finally {
    await connection.close();
  }
}

async function run(server: OwnMariadbServer, ...statements: readonly string[]): Promise<void> {
  const connection = await mysql.connect(`mariadb://root@127.0.0.1:${server.port}/information_schema`);
  try {
    for (const sql of statements) await connection.execute(sql);
  } finally {
    await connection.close();
  }
}

/** A way to a server that can be closed: sessions go on, and none begins. @returns closes it */
async function openWay(port: number, serverPort: number): Promise<() => void> {
  const way = createServer((client) => {
    const server = connect(serverPort, "127.0.0.1");
    client.on("error", () => server.destroy()).pipe(server);
    server.on("error", () => client.destroy()).pipe(client);
  }).listen(port, "127.0.0.1");
  await once(way, "listening");
  return () => void way.close();
}

const sumOn = async (server: OwnMariadbServer): Promise<number> =>
  Number((await query(server, "SELECT SUM(n) AS n FROM app.todos"))[0]?.["n"]);

/** Waits until the replica has what the primary has. */
async function catchUp(): Promise<void> {
  const [row] = await query(primary, "SELECT @@gtid_binlog_pos AS place");
  await query(replica, `SELECT MASTER_GTID_WAIT('${String(row?.["place"])}', 20)`);
}

beforeAll(async () => {
  primary = await startOwnMariadbServer(() => ["--server-id=1", "--log-bin", "--binlog-format=ROW"]);
  replica = await startOwnMariadbServer(() => ["--server-id=2", "--read-only=ON"]);
  await run(
    replica,
    `CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = ${primary.port}, MASTER_USER = 'root', MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1`,
    "START SLAVE",
  );
}, 60_000);

afterAll(async () => {
  await replica.stop();
  await primary.stop();
});

beforeEach(async (context) => {
  check(context);
  await run(primary, "CREATE DATABASE app", "USE app", ...FILL);
  await catchUp();
  project = createReplicaProject();
  project.configure({ url: urlOf(primary), maxReplicaLag: 1, replicas: [urlOf(replica)] });
});

afterEach(async () => {
  project.dispose();
  await run(replica, "START SLAVE");
  await run(primary, "DROP DATABASE app");
  await catchUp();
});

describe("op.backfill with a replica on MariaDB", () => {
  it("does not wait for one that follows", async () => {
    const { ended, events } = project.start();
    expect(await ended).toBeUndefined();
    expect(events.filter(({ kind }) => kind === "waiting" || kind === "notice")).toEqual([]);
    expect(await sumOn(primary)).toBe(20);
  });

  it("waits for one that has stopped, by its host, and goes on when it follows again", async () => {
    await run(replica, "STOP SLAVE SQL_THREAD");
    project.configure({
      url: urlOf(primary),
      maxReplicaLag: 1,
      replicas: [urlOf(replica, "root:")],
    });
    const { ended, waits } = project.start();
    expect(await waits).toBe(
      `replicas may be 1 s behind (maxReplicaLag); 127.0.0.1:${replica.port}: its replication has stopped`,
    );
    await wait(1200);
    expect(await sumOn(primary)).toBe(0);
    await run(replica, "START SLAVE SQL_THREAD");
    expect(await ended).toBeUndefined();
    expect(await sumOn(primary)).toBe(20);
  }, 30_000);

  it.skipIf(!IS_LONG)(
    "waits for one that is late",
    async () => {
      project.dispose();
      // Long enough for the whole seconds of the server to tell something.
      project = createReplicaProject("pause: 1000");
      project.configure({ url: urlOf(primary), maxReplicaLag: 1, replicas: [urlOf(replica)] });
      await run(replica, "STOP SLAVE", "CHANGE MASTER TO MASTER_DELAY = 3", "START SLAVE");
      try {
        const { ended, waits } = project.start();
        expect(await waits).toMatch(/127\.0\.0\.1:\d+ is [2-9]\.0 s behind$/);
        expect(await sumOn(primary)).toBeLessThan(20);
        expect(await ended).toBeUndefined();
        expect(await sumOn(primary)).toBe(20);
      } finally {
        await run(replica, "STOP SLAVE", "CHANGE MASTER TO MASTER_DELAY = 0", "START SLAVE");
      }
    },
    120_000,
  );

  it("can be stopped while it waits, and the next run goes on from there", async () => {
    await run(replica, "STOP SLAVE SQL_THREAD");
    const abort = new AbortController();
    const { ended, waits } = project.start(abort.signal);
    await waits;
    abort.abort();
    expect(await ended).toMatchObject({ exitCode: 130 });
    await run(replica, "START SLAVE SQL_THREAD");
    expect(await project.start().ended).toBeUndefined();
    expect(await sumOn(primary)).toBe(20);
  }, 30_000);

  it("says in a line whom it waits for", async () => {
    await run(replica, "STOP SLAVE SQL_THREAD");
    const running = project.limbeck("upgrade head");
    await wait(2500);
    await run(replica, "START SLAVE SQL_THREAD");
    const { exitCode, stderr } = await running;
    expect(exitCode).toBe(0);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("Waiting: replicas may be 1 s behind (maxReplicaLag); 127.0.0.1:");
  }, 30_000);

  it("fails at once when one cannot be reached before anything is changed, without the password", async () => {
    const port = await findFreePort();
    project.configure({
      url: urlOf(primary),
      maxReplicaLag: 1,
      replicas: [`mariadb://root:s3cret@127.0.0.1:${port}/app`],
    });
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    expect([exitCode, stderr]).toEqual([7, expect.stringContaining("LB0719")]);
    expect(stderr).toContain(`127.0.0.1:${port}`);
    expect(stderr).not.toContain("s3cret");
    expect(await sumOn(primary)).toBe(0);
  });

  it("waits for one that goes out of reach later, and goes on when it is back", async () => {
    const port = await findFreePort();
    const close = await openWay(port, replica.port);
    project.configure({ url: urlOf(primary), maxReplicaLag: 1, replicas: [`mariadb://root@127.0.0.1:${port}/app`] });
    const { ended, waits, events } = project.start();
    while (!events.some(({ kind }) => kind === "progress")) await wait(10);
    close();
    expect(await waits).toContain(`127.0.0.1:${port}: `);
    const reached = await sumOn(primary);
    expect(reached).toBeLessThan(20);
    const closeAgain = await openWay(port, replica.port);
    expect(await ended).toBeUndefined();
    closeAgain();
    expect(await sumOn(primary)).toBe(20);
  }, 30_000);

  it.skipIf(!IS_LONG)(
    "gives one up that stays out of reach; the next run goes on from there",
    async () => {
      const port = await findFreePort();
      const close = await openWay(port, replica.port);
      project.configure({ url: urlOf(primary), maxReplicaLag: 1, replicas: [`mariadb://root@127.0.0.1:${port}/app`] });
      const { ended, events } = project.start();
      while (!events.some(({ kind }) => kind === "progress")) await wait(10);
      close();
      expect(await ended).toMatchObject({
        code: "LB0719",
        title: expect.stringContaining("for 60 s now"),
        why: expect.stringContaining("it goes on from there"),
      });
      expect(events.filter((event) => event.kind === "waiting" && event.what === "replica").length).toBeGreaterThan(1);
      project.configure({ url: urlOf(primary), maxReplicaLag: 1, replicas: [urlOf(replica)] });
      expect(await project.start().ended).toBeUndefined();
      expect(await sumOn(primary)).toBe(20);
    },
    120_000,
  );

  it("takes a server that copies none for a mistake", async () => {
    project.configure({ url: urlOf(primary), maxReplicaLag: 1, replicas: [urlOf(primary)] });
    expect(await project.start().ended).toMatchObject({ code: "LB0719", why: expect.stringContaining("no server") });
  });

  it("says so where the user may not see it", async () => {
    await run(primary, "CREATE USER poor@localhost", "GRANT SELECT ON app.* TO poor@localhost");
    await catchUp();
    try {
      project.configure({ url: urlOf(primary), maxReplicaLag: 1, replicas: [urlOf(replica, "poor")] });
      expect(await project.start().ended).toMatchObject({
        code: "LB0718",
        fix: ["GRANT REPLICA MONITOR ON *.* TO 'poor';", "limbeck upgrade a1"],
      });
    } finally {
      await run(primary, "DROP USER poor@localhost");
    }
  });

  it("says once that none is known, and goes on", async () => {
    project.configure({ url: urlOf(primary), maxReplicaLag: 1 });
    const { ended, events } = project.start();
    expect(await ended).toBeUndefined();
    expect(listNotices(events)).toEqual([
      "No replica is known to wait for (maxReplicaLag): name their URLs as `replicas` in the config.",
    ]);
  });
});

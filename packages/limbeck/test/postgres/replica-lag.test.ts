import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readText } from "../../src/dialects/postgres/driver/read-text.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { startOwnServer, type OwnServer } from "../support/own-server.ts";
import { findSystemBinaries } from "../support/postgres-binaries.ts";
import { createPostgresDatabaseOn, type PostgresDatabase } from "../support/postgres-server.ts";
import { createReplicaProject, FILL, listNotices, type ReplicaProject } from "../support/replica-project.ts";

/** Replicas that are left to themselves take their time; the full size has all of them. */
const IS_LONG = process.env["LIMBECK_LONG"] === "1";

let bin: string;
let primary: OwnServer;
let replica: OwnServer | undefined;
let database: PostgresDatabase;
let project: ReplicaProject;

/** Asks a server something; the one column is `value`. */
async function ask(server: OwnServer | undefined, sql: string): Promise<string> {
  const connection = await postgres.connect(server?.url ?? "");
  try {
    return readText((await connection.query(sql))[0], "value");
  } finally {
    await connection.close();
  }
}

async function until(server: OwnServer, condition: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if ((await ask(server, `SELECT (${condition})::text AS value`)) === "true") return;
    await wait(50);
  }
  throw new Error(`never: ${condition}`);
}

const pause = (): Promise<string> => ask(replica, "SELECT pg_wal_replay_pause()::text AS value");
const resume = (): Promise<string> => ask(replica, "SELECT pg_wal_replay_resume()::text AS value");
const sum = async (): Promise<number> => Number((await database.rows("SELECT sum(n)::int AS n FROM todos"))[0]?.["n"]);

beforeAll(async () => {
  const found = findSystemBinaries();
  if (found === undefined) throw new Error("these tests need the programs of a PostgreSQL server");
  bin = found;
  primary = await startOwnServer({ bin });
}, 60_000);

afterAll(async () => {
  await replica?.stop();
  await primary.stop();
});

beforeEach(async () => {
  database = await createPostgresDatabaseOn(primary.url, ...FILL);
  project = createReplicaProject();
  project.configure({ url: database.url, maxReplicaLag: 0.5 });
});

afterEach(async () => {
  if (replica) await resume();
  await database.drop();
  project.dispose();
});

describe("op.backfill without a replica on PostgreSQL", () => {
  it("says so once, and goes on, an archiver or none", async () => {
    const folder = mkdtempSync(join(tmpdir(), "limbeck-archive-"));
    const options = ["-h", "127.0.0.1", "-p", String(primary.port), "-U", "postgres", "-D", folder, "--no-sync"];
    const archiver = spawn(join(bin, "pg_receivewal"), options, { stdio: "ignore" });
    const exit = once(archiver, "exit");
    try {
      await until(primary, "EXISTS (SELECT FROM pg_stat_replication WHERE state = 'streaming')");
      const { ended, events } = project.start();
      expect(await ended).toBeUndefined();
      expect(listNotices(events)).toEqual([
        "No replica is known to wait for (maxReplicaLag): none is connected to the server.",
      ]);
      expect(await sum()).toBe(20);
    } finally {
      archiver.kill("SIGTERM");
      await exit;
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("op.backfill with a replica on PostgreSQL", () => {
  beforeAll(async () => {
    replica = await startOwnServer({
      bin,
      replicaOf: primary.port,
      settings: { wal_receiver_status_interval: "1", hot_standby: "on" },
    });
    await until(primary, "EXISTS (SELECT FROM pg_stat_replication WHERE replay_lsn IS NOT NULL)");
  }, 60_000);

  it("does not wait for one that follows", async () => {
    const { ended, events } = project.start();
    expect(await ended).toBeUndefined();
    expect(events.filter(({ kind }) => kind === "waiting" || kind === "notice")).toEqual([]);
    expect(await sum()).toBe(20);
  });

  it("waits before a batch for one that is behind, and goes on when it has caught up", async () => {
    await pause();
    // Behind already, so that it does not depend on how long the batches take.
    await database.run("CREATE TABLE behind (n integer)");
    await wait(700);
    const { ended, waits } = project.start();
    expect(await waits).toMatch(
      /^replicas may be 0\.5 s behind \(maxReplicaLag\); walreceiver \(127\.0\.0\.1\) is [\d.]+ s behind$/,
    );
    const reached = await sum();
    await wait(1500);
    expect(await sum()).toBe(reached);
    expect(reached).toBeLessThan(20);
    await resume();
    expect(await ended).toBeUndefined();
    expect(await sum()).toBe(20);
  }, 30_000);

  it.each([
    ["names no limit", "pause: 400", "replicas may be 1 s behind"],
    ["names a larger one", "pause: 400, maxReplicaLag: 100", "replicas may be 1 s behind"],
    ["names a smaller one", "pause: 400, maxReplicaLag: 0.5", "replicas may be 0.5 s behind"],
  ])(
    "waits for one that is behind as --max-replica-lag says it, where the revision %s",
    async (_, options, reason) => {
      project.dispose();
      project = createReplicaProject(options);
      project.configure({ url: database.url, maxReplicaLag: 50 });
      await pause();
      const run = project.limbeck("upgrade head --max-replica-lag 1 --json=stream");
      // On a machine that is busy it may be behind before the first batch.
      for (let tries = 0; tries < 30 && (await sum()) === 0; tries += 1) await wait(100);
      await wait(4000);
      const reached = await sum();
      await resume();
      const { exitCode, stdout } = await run;
      expect({ exitCode, isStopped: reached < 20, sum: await sum() }).toEqual({
        exitCode: 0,
        isStopped: true,
        sum: 20,
      });
      expect(stdout).toContain(reason);
    },
    30_000,
  );

  it.skipIf(!IS_LONG)(
    "waits for one whose receiver hangs, of which the server only has old news",
    async () => {
      const pid = Number(await ask(replica, "SELECT pid::text AS value FROM pg_stat_wal_receiver"));
      process.kill(pid, "SIGSTOP");
      try {
        const { ended, waits } = project.start();
        expect(await waits).toContain("s behind");
        process.kill(pid, "SIGCONT");
        expect(await ended).toBeUndefined();
      } finally {
        process.kill(pid, "SIGCONT");
      }
      expect(await sum()).toBe(20);
    },
    30_000,
  );

  it.skipIf(!IS_LONG)(
    "can be stopped while it waits, and the next run goes on from there",
    async () => {
      await pause();
      const abort = new AbortController();
      const { ended, waits } = project.start(abort.signal);
      await waits;
      const start = performance.now();
      abort.abort();
      expect(await ended).toMatchObject({ exitCode: 130 });
      expect(performance.now() - start).toBeLessThan(900);
      await resume();
      expect(await project.start().ended).toBeUndefined();
      expect(await sum()).toBe(20);
    },
    30_000,
  );

  it("says whom it waits for in lines and in the stream", async () => {
    await pause();
    const run = project.limbeck("upgrade head --json=stream");
    await wait(2500);
    await resume();
    const { exitCode, stdout } = await run;
    expect(exitCode).toBe(0);
    const lines = stdout.split("\n").filter((line) => line.includes('"waiting"'));
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({ event: "waiting", for: "replica", reason: expect.stringContaining("s behind") }),
    ]);
  }, 30_000);

  it("takes what the revision says before what the config says", async () => {
    project.dispose();
    project = createReplicaProject("pause: 100, maxReplicaLag: 300");
    project.configure({ url: database.url, maxReplicaLag: 0.5 });
    await pause();
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining("Waiting")]);
  });

  it("waits for those alone that the config names, and refuses at once what is not there", async () => {
    await pause();
    project.configure({ url: database.url, maxReplicaLag: 0.5, replicas: ["reports"] });
    const error = await project.start().ended;
    expect(error).toMatchObject({
      code: "LB0719",
      exitCode: 7,
      why: expect.stringContaining("no replica of that name is connected"),
    });
    expect(await sum()).toBe(0);
  });

  it("says so where the user may not see it, instead of waiting for nobody", async () => {
    await database.run(
      "CREATE ROLE poor LOGIN",
      `GRANT ALL ON DATABASE "${database.name}" TO poor`,
      "GRANT ALL ON SCHEMA public TO poor",
      "ALTER TABLE todos OWNER TO poor",
    );
    const url = database.url.replace("postgres@", "poor@");
    try {
      project.configure({ url, maxReplicaLag: 0.5 });
      expect(await project.start().ended).toMatchObject({
        code: "LB0718",
        exitCode: 7,
        fix: ["GRANT pg_monitor TO poor;", "limbeck upgrade a1"],
      });
      expect(await sum()).toBe(0);
      await database.run("GRANT pg_monitor TO poor");
      expect(await project.start().ended).toBeUndefined();
    } finally {
      await database.run("DROP OWNED BY poor", "DROP ROLE poor");
    }
  });
});

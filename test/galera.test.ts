import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../packages/limbeck/test/cli/test-project.ts";
import { mysql } from "../packages/limbeck/src/dialects/mysql/index.ts";
import type { Row } from "../packages/limbeck/src/dialect/connection.ts";
import {
  hasGalera,
  startGaleraCluster,
  type GaleraCluster,
} from "../packages/limbeck/test/support/own-galera-cluster.ts";
import { BUILT_BIN, runProgram, type Ended } from "../packages/limbeck/test/support/run-program.ts";
import { everyRound, raceRounds, RUNNERS } from "./race-rounds.ts";

const isLong = process.env["LIMBECK_LONG"] === "1";
const isAsked = process.env["LIMBECK_GALERA"] === "1";
const ROUNDS = isLong ? 20 : 3;

/** Why no cluster is started; undefined where one is. @throws Error where it was asked for and cannot be */
function findObstacle(): string | undefined {
  if (!isLong && !isAsked) return "Galera was not tested: LIMBECK_GALERA=1, or LIMBECK_LONG=1, starts three servers.";
  if (hasGalera) return undefined;
  const obstacle = "Galera was not tested: it needs mariadb-server, galera-4 and rsync (Debian's packages).";
  if (isAsked) throw new Error(obstacle);
  return obstacle;
}

async function run(url: string, ...statements: readonly string[]): Promise<readonly Row[]> {
  const connection = await mysql.connect(url);
  try {
    let rows: readonly Row[] = [];
    for (const statement of statements) rows = await connection.query(statement);
    return rows;
  } finally {
    await connection.close();
  }
}

const obstacle = findObstacle();
if (obstacle !== undefined) console.warn(obstacle);

/** Revisions of which the second one says when it is in the middle, and stays there for a moment, if it is asked to. */
function writeStopping(): TestProject {
  const project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: process.env["RACE_URL"] };\n`);
  project.writeRevision("r1", null, "begin", {
    up: `await op.execute("CREATE TABLE counted (n INTEGER NOT NULL PRIMARY KEY)"); await op.execute("INSERT INTO counted VALUES (0)");`,
  });
  project.writeRevision("r2", "r1", "count", {
    up: `await op.execute("UPDATE counted SET n = n + 1");
         if (process.env["STAY"] === "1") { process.stderr.write("HALFWAY\\n"); await new Promise((resolve) => setTimeout(resolve, 1000)); }
         await op.createTable("t2", { id: integer().primaryKey() });
         await op.execute("UPDATE counted SET n = n + 1");`,
  });
  return project;
}

/** Upgrades over one server; with a signal, the process gets it in the middle of the second revision. */
function upgrade(
  { folder }: TestProject,
  url: string | undefined,
  signal?: NodeJS.Signals,
): { readonly child: Promise<ChildProcess>; readonly ended: Promise<Ended> } {
  const halfway = Promise.withResolvers<ChildProcess>();
  let isSent = false;
  const ended = runProgram(folder, ["upgrade", "head"], {
    bin: BUILT_BIN,
    env: { RACE_URL: url, STAY: signal && "1" },
    onStderr: (child, text) => {
      if (!signal || isSent || !text.includes("HALFWAY")) return;
      isSent = true;
      child.kill(signal);
      halfway.resolve(child);
    },
  });
  return { child: halfway.promise, ended };
}

const DONE = { status: 0, stderr: expect.stringContaining("r2") };

describe.skipIf(obstacle !== undefined)("runs on different servers of a Galera cluster", () => {
  let cluster: GaleraCluster;

  beforeAll(async () => {
    cluster = await startGaleraCluster();
  }, 120_000);

  afterAll(async () => {
    await cluster?.stop();
  }, 60_000);

  /** An empty database that all servers have. */
  async function createDatabase() {
    const name = `limbeck_test_${randomBytes(6).toString("hex")}`;
    const [first = ""] = cluster.urls("information_schema");
    await run(first, `CREATE DATABASE ${name}`);
    const urls = cluster.urls(name);
    for (const url of cluster.urls("information_schema")) {
      const rows = (): Promise<readonly Row[]> => run(url, `SHOW DATABASES LIKE '${name}'`);
      while ((await rows()).length === 0) await wait(20);
    }
    return {
      urls,
      /** Of each server, once it has all that the others have. */
      rows: async (sql: string) => {
        const all = await Promise.all(urls.map((url) => run(url, "SET SESSION wsrep_sync_wait = 1", sql)));
        const [rows = []] = all;
        expect(all).toEqual(urls.map(() => rows));
        return rows;
      },
      drop: async () => {
        await run(first, `DROP DATABASE ${name}`);
      },
    };
  }

  it(
    `run every statement once, ${RUNNERS} of them at once, ${ROUNDS} times`,
    async () => {
      expect(await raceRounds(ROUNDS, createDatabase)).toEqual(everyRound(ROUNDS));
    },
    ROUNDS * 60_000,
  );

  it("waits for one lease where a run on another server was killed, and not at all on the same one", async () => {
    const project = writeStopping();
    const waits: number[] = [];
    for (const next of [1, 0]) {
      const { urls, rows, drop } = await createDatabase();
      expect(await upgrade(project, urls[0], "SIGKILL").ended).toMatchObject({ status: 137 });
      const start = performance.now();
      expect(await upgrade(project, urls[next]).ended).toMatchObject(DONE);
      waits.push(performance.now() - start);
      expect(await rows("SELECT n FROM counted")).toEqual([{ n: 2 }]);
      expect(await rows("SELECT count(*) AS locks FROM limbeck_lock")).toEqual([{ locks: 0n }]);
      await drop();
    }
    project.dispose();
    const [other = 0, same = 0] = waits;
    console.log(`After a kill: ${Math.round(other)} ms on another server, ${Math.round(same)} ms on the same one`);
    expect(other).toBeGreaterThan(9000);
    expect(other).toBeLessThan(20_000);
    expect(same).toBeLessThan(9000);
  }, 120_000);

  it("refuses the next statement of a run that was taken for dead", async () => {
    const project = writeStopping();
    const { urls, rows, drop } = await createDatabase();
    const stopped = upgrade(project, urls[0], "SIGSTOP");
    const child = await stopped.child;
    expect(await upgrade(project, urls[1]).ended).toMatchObject(DONE);
    child.kill("SIGCONT");
    expect(await stopped.ended).toMatchObject({ status: 7, stderr: expect.stringContaining("LB0804") });
    expect(await rows("SELECT n FROM counted")).toEqual([{ n: 2 }]);
    expect(await rows("SELECT version_num AS at FROM limbeck_version")).toEqual([{ at: "r2" }]);
    await drop();
    project.dispose();
  }, 120_000);

  it("needs no right to create tables once there is one of the lock, and says what is missing", async () => {
    const project = writeStopping();
    const { urls, rows, drop } = await createDatabase();
    const [url = ""] = urls;
    const { pathname } = new URL(url);
    const user = `low_${randomBytes(4).toString("hex")}`;
    const grant = (rights: string): Promise<unknown> =>
      run(url, `GRANT ${rights} ON \`${pathname.slice(1)}\`.* TO ${user}`);
    await run(url, `CREATE USER ${user} IDENTIFIED BY 'x'`);
    await grant("SELECT, INSERT, UPDATE, DELETE");
    const low = url.replace("root@", `${user}:x@`);
    const refused = await upgrade(project, low).ended;
    expect(refused).toMatchObject({ status: 8, stderr: expect.stringMatching(/LB0806[^]*limbeck_lock[^]*1142/) });
    expect(refused.stderr).toContain("GRANT CREATE");
    await grant("CREATE");
    expect(await upgrade(project, low).ended).toMatchObject(DONE);
    await run(url, `REVOKE CREATE ON \`${pathname.slice(1)}\`.* FROM ${user}`);
    project.writeRevision("r3", "r2", "more", { up: `await op.execute("UPDATE counted SET n = n + 1");` });
    expect(await upgrade(project, low).ended).toMatchObject({ status: 0, stderr: expect.stringContaining("r3") });
    expect(await rows("SELECT n FROM counted")).toEqual([{ n: 3 }]);
    await run(url, `DROP USER ${user}`);
    await drop();
    project.dispose();
  }, 60_000);
});

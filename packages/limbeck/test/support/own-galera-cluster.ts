import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { findFreePort } from "./find-free-port.ts";
import { MARIADBD } from "./own-mariadb-server.ts";

const run = promisify(execFile);

/** Where systems have the library that makes servers a cluster. */
const PROVIDER = [
  "/usr/lib/galera/libgalera_smm.so",
  "/usr/lib64/galera-4/libgalera_smm.so",
  "/usr/lib/libgalera_smm.so",
].find((path) => existsSync(path));

/** Whether three servers can be started here. */
export const hasGalera: boolean =
  PROVIDER !== undefined &&
  existsSync(MARIADBD) &&
  ["/usr/bin/rsync", "/usr/local/bin/rsync"].some((path) => existsSync(path));

/** Several servers with the same data, each of which takes changes. */
export interface GaleraCluster {
  /** The URL of a database on each of them. */
  readonly urls: (database: string) => readonly string[];
  readonly stop: () => Promise<void>;
}

interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Servers copy their files by rsync, which as root gives up its rights and then may not write. */
async function findAccount(): Promise<Account> {
  const { uid, gid, username } = userInfo();
  if (uid !== 0) return { name: username, uid, gid };
  const { stdout } = await run("getent", ["passwd", "mysql"]);
  const [name = "", , owner, group] = stdout.split(":");
  return { name, uid: Number(owner), gid: Number(group) };
}

interface Node {
  readonly number: number;
  readonly port: number;
  /** Of the conversation among the servers, of catching up, and of copying. */
  readonly ports: readonly [number, number, number];
}

async function isSynced(port: number): Promise<boolean> {
  const connection = await mysql.connect(`mariadb://root@127.0.0.1:${port}/information_schema`).catch(() => undefined);
  if (!connection) return false;
  try {
    const [row] = await connection.query("SHOW GLOBAL STATUS LIKE 'wsrep_local_state_comment'");
    return row?.["Value"] === "Synced";
  } finally {
    await connection.close();
  }
}

async function waitUntilSynced(child: ChildProcess, port: number, log: string): Promise<void> {
  for (let attempt = 0; attempt < 600 && child.exitCode === null; attempt += 1) {
    if (await isSynced(port)) return;
    await wait(100);
  }
  throw new Error(`The server did not join the cluster:\n${readFileSync(log, "utf8").slice(-4000)}`);
}

async function startNode(folder: string, account: Account, node: Node, nodes: readonly Node[]): Promise<ChildProcess> {
  const { number, port, ports } = node;
  const [data, log] = [join(folder, `data${number}`), join(folder, `log${number}`)];
  await run("mariadb-install-db", [
    "--no-defaults",
    `--datadir=${data}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
    `--user=${account.name}`,
  ]);
  const output = openSync(log, "a");
  const child = spawn(
    MARIADBD,
    [
      "--no-defaults",
      `--user=${account.name}`,
      `--datadir=${data}`,
      `--socket=${join(folder, `s${number}`)}`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      "--skip-innodb-doublewrite",
      "--innodb-flush-log-at-trx-commit=0",
      "--innodb-autoinc-lock-mode=2",
      "--binlog-format=ROW",
      "--wsrep-on=ON",
      `--wsrep-provider=${PROVIDER}`,
      `--wsrep-cluster-address=gcomm://${nodes.map((one) => `127.0.0.1:${one.ports[0]}`).join(",")}`,
      `--wsrep-node-address=127.0.0.1:${ports[0]}`,
      `--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:${ports[0]};ist.recv_addr=127.0.0.1:${ports[1]};gcache.size=32M`,
      "--wsrep-sst-method=rsync",
      `--wsrep-sst-receive-address=127.0.0.1:${ports[2]}`,
      ...(number === 0 ? ["--wsrep-new-cluster"] : []),
    ],
    { stdio: ["ignore", output, output] },
  );
  await waitUntilSynced(child, port, log).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return child;
}

/** Starts a cluster of three servers in memory; `stop` ends it and removes everything. */
export async function startGaleraCluster(): Promise<GaleraCluster> {
  const account = await findAccount();
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "limbeck-galera-"));
  chownSync(folder, account.uid, account.gid);
  const nodes: Node[] = [];
  for (const number of [0, 1, 2]) {
    const ports = [await findFreePort(), await findFreePort(), await findFreePort()] as const;
    nodes.push({ number, port: await findFreePort(), ports: [...ports] });
  }
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of children) {
      const exit = once(child, "exit");
      if (child.exitCode === null && child.kill("SIGTERM")) await exit;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const node of nodes) children.push(await startNode(folder, account, node, nodes));
  } catch (error) {
    await stop();
    throw error;
  }
  return { urls: (database) => nodes.map(({ port }) => `mariadb://root@127.0.0.1:${port}/${database}`), stop };
}

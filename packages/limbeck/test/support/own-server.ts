import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { findFreePort } from "./find-free-port.ts";

const run = promisify(execFile);

/** Whom programs are run as: a server refuses to be root's. */
interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

async function findAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const { stdout } = await run("getent", ["passwd", "postgres", "nobody"]).catch((error: { stdout?: string }) => ({
    stdout: error.stdout ?? "",
  }));
  const [, , uid = "65534", gid = "65534"] = stdout.split("\n")[0]?.split(":") ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

/** What a server of our own is to be like. */
export interface OwnServerOptions {
  /** The folder with `initdb` and `postgres`. */
  readonly bin: string;
  /** Settings beside those that make it fast and forgetful. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Who may come in; default: everybody. */
  readonly hba?: string;
  /** The port of the server that it is a replica of; default: it stands by itself. */
  readonly replicaOf?: number;
  /** Puts files into the server's folder before it starts; gets its path. */
  readonly prepare?: (data: string) => Promise<void>;
}

/** A server of our own, which nothing has to survive. */
export interface OwnServer {
  readonly port: number;
  /** The folder of its socket and of its data. */
  readonly folder: string;
  /** Its first user is `postgres`. */
  readonly url: string;
  /** The account that its files belong to. */
  readonly account: Account;
  readonly stop: () => Promise<void>;
}

const FORGETFUL = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_wal_size: "256MB" };

/** Memory where there is some: creating tables is ten times as fast there. */
const findFolder = (): string => mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "limbeck-pg-"));

async function waitUntilReady(child: ChildProcess, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (/database system is ready to accept (?:read.only )?connections/.test(log())) return;
    if (child.exitCode !== null) break;
    await wait(50);
  }
  throw new Error(`The server did not start:\n${log()}`);
}

/** Starts a server in memory; `stop` ends it and removes everything. */
export async function startOwnServer({
  bin,
  settings = {},
  hba,
  replicaOf,
  prepare,
}: OwnServerOptions): Promise<OwnServer> {
  const account = await findAccount();
  const folder = findFolder();
  if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
  const data = join(folder, "data");
  const env = { LC_ALL: "C", PATH: process.env["PATH"] };
  const user = ["-D", data, "-U", "postgres", "--no-sync"];
  const [program, rest]: readonly [string, readonly string[]] =
    replicaOf === undefined
      ? ["initdb", ["--auth=trust", "--encoding=UTF8", "--locale=C"]]
      : ["pg_basebackup", ["-h", "127.0.0.1", "-p", String(replicaOf), "-R", "-X", "stream", "--checkpoint=fast"]];
  await run(join(bin, program), [...user, ...rest], { ...account, env, cwd: folder });
  if (hba !== undefined) writeFileSync(join(data, "pg_hba.conf"), hba);
  await prepare?.(data);
  const port = await findFreePort();
  const all = { ...FORGETFUL, listen_addresses: "127.0.0.1", unix_socket_directories: folder, ...settings };
  const options = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  let log = "";
  const child = spawn(join(bin, "postgres"), ["-D", data, "-p", String(port), ...options], {
    ...account,
    env,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  child.stderr.on("data", (piece: Buffer) => (log += piece.toString()));
  const stop = async (): Promise<void> => {
    const exit = once(child, "exit");
    // Ends sessions that are still there.
    if (child.exitCode === null && child.kill("SIGINT")) await exit;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(child, () => log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, folder, account, url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
}

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { findFreePort } from "./find-free-port.ts";

const run = promisify(execFile);

/** A server of our own, which nothing has to survive. */
export interface OwnMariadbServer {
  readonly port: number;
  /** Its files, and its socket. */
  readonly folder: string;
  readonly socket: string;
  readonly stop: () => Promise<void>;
}

/** The program of the server. */
export const MARIADBD: string = existsSync("/usr/sbin/mariadbd") ? "/usr/sbin/mariadbd" : "mariadbd";

async function waitUntilReady(options: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const isReady = await run("mariadb-admin", [...options, "ping"]).then(
      () => true,
      () => false,
    );
    if (isReady) return;
    await wait(50);
  }
  throw new Error("The server did not start.");
}

/**
 * Starts a server in memory, whose first user is `root` without a password; `stop` ends it and removes everything.
 *
 * @param prepare puts files into the server's folder before it starts, and gives its options
 */
export async function startOwnMariadbServer(prepare: (folder: string) => readonly string[]): Promise<OwnMariadbServer> {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "limbeck-mariadb-"));
  const [data, socket, port] = [join(folder, "data"), join(folder, "s"), await findFreePort()];
  const account = `--user=${userInfo().username}`;
  await run("mariadb-install-db", [
    "--no-defaults",
    `--datadir=${data}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
    account,
  ]);
  const child = spawn(
    MARIADBD,
    [
      "--no-defaults",
      account,
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      "--skip-innodb-doublewrite",
      "--innodb-flush-log-at-trx-commit=0",
      ...prepare(folder),
    ],
    { stdio: "ignore" },
  );
  const stop = async (): Promise<void> => {
    const exit = once(child, "exit");
    if (child.exitCode === null && child.kill("SIGTERM")) await exit;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(["--no-defaults", `--socket=${socket}`, "--user=root"]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, folder, socket, stop };
}

import { downgrade, openEnvironment, upgrade, type Environment } from "limbeck/commands";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface Service {
  /** Where it listens, without a slash at the end. */
  origin: string;
  stop: () => Promise<void>;
}

/** A service and its revisions, with a database for tests. */
export interface TestProject {
  /** Never the database that one develops with: an SQLite file that is made for the test, or the empty database that TEST_DATABASE_URL names. */
  databaseUrl: string;
  /** What Limbeck's commands take. */
  openEnvironment: () => Promise<Environment>;
  /** What `make db-upgrade` does, to the database of the test. */
  upgradeTo: (target: string) => Promise<void>;
  /** What `make db-downgrade` does, to the database of the test. */
  downgradeTo: (target: string, allowDataLoss?: boolean) => Promise<void>;
  /** Starts the service as `make run` does, on a port that is free, and far from UTC: whoever forgets that is found out. */
  startService: (url: string) => Promise<Service>;
  /** Deletes what was made for the test. */
  remove: () => void;
}

async function startService(folder: string, url: string): Promise<Service> {
  const env = { ...process.env, DATABASE_URL: url, PORT: "0", TZ: "Asia/Kolkata" };
  const child = spawn(process.execPath, ["main.ts"], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const origin = /http:\/\/[\d.:]+/.exec(line)?.[0];
    if (origin !== undefined) return { origin, stop };
  }
  throw new Error("The service has not started; what it said stands above.");
}

/** @param folder where main.ts and limbeck.config.ts are */
export function openTestProject(folder: string): TestProject {
  const own = mkdtempSync(join(tmpdir(), "todo-service-"));
  const databaseUrl = process.env["TEST_DATABASE_URL"] || `sqlite:${join(own, "test.db")}`;
  const open = () => openEnvironment({ cwd: folder, env: { ...process.env, DATABASE_URL: databaseUrl } });
  return {
    databaseUrl,
    openEnvironment: open,
    upgradeTo: async (target) => void (await upgrade(await open(), { target })),
    downgradeTo: async (target, allowDataLoss = false) =>
      void (await downgrade(await open(), { target, allowDataLoss })),
    startService: (url) => startService(folder, url),
    remove: () => rmSync(own, { recursive: true, force: true }),
  };
}

import { downgrade, openEnvironment, upgrade } from "limbeck/commands";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, beforeEach } from "node:test";
import { openDatabase } from "../../app/core/database.ts";

const PROJECT = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "personal-todo-"));

/** Never the database that one develops with: an SQLite file that is made for the test, or the empty database that TEST_DATABASE_URL names. */
export const databaseUrl = process.env["TEST_DATABASE_URL"] || `sqlite:${join(folder, "test.db")}`;

const openTestEnvironment = () => openEnvironment({ cwd: PROJECT, env: { ...process.env, DATABASE_URL: databaseUrl } });

/** What `make db-upgrade` does, to the database of the test. */
export async function upgradeTo(target: string): Promise<void> {
  await upgrade(await openTestEnvironment(), { target });
}

/** What `make db-downgrade` does, to the database of the test. */
export async function downgradeTo(target: string, allowDataLoss = false): Promise<void> {
  await downgrade(await openTestEnvironment(), { target, allowDataLoss });
}

export interface Service {
  /** Where it listens, without a slash at the end. */
  origin: string;
  stop: () => Promise<void>;
}

/** Starts the service as `make run` does, on a port that is free, and far from UTC: whoever forgets that is found out. */
export async function startService(url: string): Promise<Service> {
  const env = { ...process.env, DATABASE_URL: url, PORT: "0", TZ: "Asia/Kolkata" };
  const child = spawn(process.execPath, ["main.ts"], { cwd: PROJECT, env, stdio: ["ignore", "pipe", "inherit"] });
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

/** The service that the tests ask, and a way to its database beside it. Every test begins without todos. */
export const service = { origin: "", db: openDatabase(databaseUrl) };

let running: Service | undefined;

before(async () => {
  await upgradeTo("head");
  running = await startService(databaseUrl);
  service.origin = running.origin;
});

beforeEach(async () => {
  await service.db.deleteFrom("todos").execute();
});

after(async () => {
  await running?.stop();
  await service.db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

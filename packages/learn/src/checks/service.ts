import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { finding, type Finding } from "../exercise.ts";
import type { Database, Learner, Shared } from "../learner.ts";

/** An answer of the service. */
export interface Answer {
  readonly status: number;
  /** The fields of a JSON object; none where it is something else. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The learner's service, on a hidden database. */
export interface Service {
  readonly database: Database;
  readonly ask: (method: string, path: string, body?: object) => Promise<Answer>;
  /** Adds a todo. @returns its id */
  readonly create: (title: string) => Promise<number>;
}

const PATIENCE = 200;
const PAUSE = 100;

/** A port that nobody listens at. */
function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function ask(
  origin: string,
  method: string,
  [path, body]: readonly [string, (object | undefined)?],
): Promise<Answer> {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
  });
  const text = await response.text();
  const parsed: unknown = text.startsWith("{") ? JSON.parse(text) : {};
  return { status: response.status, body: Object.fromEntries(Object.entries(Object(parsed))) };
}

const start = (learner: Learner, env: Readonly<Record<string, string>>) =>
  spawn(process.execPath, ["main.ts"], {
    cwd: learner.folder,
    env: { ...learner.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });

/** Waits until the service answers. @returns whether it does */
async function isUp(origin: string, hasEnded: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < PATIENCE && !hasEnded(); tries += 1) {
    const health = await ask(origin, "GET", ["/health"]).catch(() => undefined);
    if (health?.status === 200) return true;
    await wait(PAUSE);
  }
  return false;
}

/** Starts the service of a project on a hidden database at the head. */
async function startService(learner: Learner): Promise<Shared<Service | Finding>> {
  const database = await learner.openHidden();
  await database.limbeck.upgrade({ target: "head" });
  const port = await findPort();
  const child = start(learner, { DATABASE_URL: database.url, PORT: String(port) });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const end = (): Promise<void> => {
    child.kill("SIGKILL");
    return ended;
  };
  const origin = `http://127.0.0.1:${port}`;
  if (!(await isUp(origin, () => child.exitCode !== null))) {
    const problem = said.split("\n").find((line) => /error|cannot/i.test(line)) ?? said.trim();
    return {
      value: finding("service-does-not-start", `The service does not start. ${problem}`, "node main.ts"),
      end,
    };
  }
  const bound: Service["ask"] = (method, path, body) => ask(origin, method, [path, body]);
  const create = async (title: string): Promise<number> =>
    Number((await bound("POST", "/todos", { title })).body["id"]);
  return { value: { database, ask: bound, create }, end };
}

/**
 * Asks the service of a project something; it runs on a hidden database at the head, with no todos.
 *
 * @returns what `work` finds, or that the service does not start
 */
export async function withService(
  learner: Learner,
  work: (service: Service) => Promise<Finding | undefined>,
): Promise<Finding | undefined> {
  const service = await learner.share(startService);
  if ("name" in service) return service;
  await service.database.execute("DELETE FROM todos");
  return work(service);
}

import { setTimeout as wait } from "node:timers/promises";
import { reachErrors } from "../../../kernel/errors/reach-errors.ts";
import type { DriverSession } from "./driver.ts";

/** How long a second session may take, in milliseconds: a pool that has only one keeps it waiting, and shares none. */
const PATIENCE = 3000;

/** How often both are asked: a pool that others use may happen to give two sessions. */
const ROUNDS = 3;

async function readOne(session: DriverSession, expression: string): Promise<string> {
  const { rows } = await session.run(`SELECT ${expression}`, []);
  return rows[0]?.[0] ?? "";
}

const readProcess = (session: DriverSession): Promise<string> => readOne(session, "pg_backend_pid()::text");

/** Whether two clients get one process of the server, or one client several. */
async function areShared(first: DriverSession, second: DriverSession): Promise<boolean> {
  const own = await readProcess(first);
  for (let round = 0; round < ROUNDS; round += 1) {
    if ((await readProcess(second)) === own || (await readProcess(first)) !== own) return true;
  }
  return false;
}

async function compareWithAnother(first: DriverSession, openAnother: () => Promise<DriverSession>): Promise<boolean> {
  let second: DriverSession;
  try {
    second = await openAnother();
  } catch {
    // Where no second one is to be had, none is shared.
    return false;
  }
  try {
    return await areShared(first, second);
  } finally {
    await second.end();
  }
}

/** A session that comes too late is ended all the same. */
async function compareInTime(comparing: Promise<boolean>): Promise<boolean> {
  const timer = new AbortController();
  const tooLate = wait(PATIENCE, false, { signal: timer.signal, ref: false }).catch(() => false);
  try {
    return await Promise.race([comparing, tooLate]);
  } finally {
    timer.abort();
    comparing.catch(() => undefined);
  }
}

/** What tells whether there is something between a client and the server. */
export interface WayOfSession {
  /** What both sides know, as the server says it. */
  readonly expression: "inet_client_port()::text" | "pg_backend_pid()::text";
  /** As it is known on this side. */
  readonly known: string;
  /** For people. */
  readonly url: string;
  readonly openAnother: () => Promise<DriverSession>;
}

/**
 * Refuses a pooler that gives every transaction another session, before anything is set in one: an application would get it next. Only where there is something in between
 * another session is opened, and compared.
 *
 * @throws ConnectionError (sessionsShared)
 */
export async function refuseSharedSessions(
  session: DriverSession,
  { expression, known, url, openAnother }: WayOfSession,
): Promise<void> {
  if ((await readOne(session, expression)) === known) return;
  if (await compareInTime(compareWithAnother(session, openAnother))) throw reachErrors.sessionsShared({ url });
}

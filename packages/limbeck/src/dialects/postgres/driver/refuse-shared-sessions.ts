import { setTimeout as wait } from "node:timers/promises";
import { reachErrors } from "../../../kernel/errors/reach-errors.ts";
import type { DriverSession } from "./driver.ts";

/** How long a second session may take, in milliseconds: a pool that has only one keeps it waiting, and shares none. */
const PATIENCE = 3000;

/** How often both are asked: a pool that others use may happen to give two sessions. */
const ROUNDS = 2;

/** A session as the server sees it. */
export interface SeenSession {
  /** Its process. */
  readonly process: string;
  /** The port of whoever it speaks with; empty for sockets of the same machine. */
  readonly port: string;
}

async function look(session: DriverSession): Promise<SeenSession> {
  const { rows } = await session.run("SELECT pg_backend_pid()::text, inet_client_port()::text AS port", []);
  const [process, port] = rows[0] ?? [];
  return { process: process ?? "", port: port ?? "" };
}

/** Whether two clients get one process of the server, or one client several. They are asked one after the other: at once, they would need two. */
async function areShared(first: DriverSession, own: string, second: DriverSession): Promise<boolean> {
  for (let round = 0; round < ROUNDS; round += 1) {
    if ((await look(second)).process === own || (await look(first)).process !== own) return true;
  }
  return false;
}

async function compareWithAnother(
  first: DriverSession,
  own: string,
  openAnother: () => Promise<DriverSession>,
): Promise<boolean> {
  let second: DriverSession;
  try {
    second = await openAnother();
  } catch {
    // Where no second one is to be had, none is shared.
    return false;
  }
  try {
    return await areShared(first, own, second);
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

/** How a session was opened. */
export interface WayOfSession {
  /** Whether nothing is between it and the server, by what both sides know of it. */
  readonly isDirect: (seen: SeenSession) => boolean;
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
  { isDirect, url, openAnother }: WayOfSession,
): Promise<void> {
  const seen = await look(session);
  if (isDirect(seen)) return;
  const comparing = compareWithAnother(session, seen.process, openAnother);
  if (await compareInTime(comparing)) throw reachErrors.sessionsShared({ url });
}

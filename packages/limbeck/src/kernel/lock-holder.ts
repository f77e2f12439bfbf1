import { maskSecrets } from "./mask-secrets.ts";

/** A session that holds what another one waits for. */
export interface LockHolder {
  /** Its number with the server. */
  readonly session: string;
  readonly user?: string;
  /** What it calls itself. */
  readonly application?: string;
  /** The address that it comes from. */
  readonly address?: string;
  /** What it does, in the server's words: `idle in transaction`. */
  readonly state?: string;
  /** When its transaction began, or what it does; ISO 8601. */
  readonly since?: string;
  /** Its statement, or its last one, cut short. */
  readonly query?: string;
  /** The statement that ends it. Absent where no session stands behind the lock. */
  readonly end?: string;
  /** The server does not tell who it is: this session may be the one. */
  readonly isGuess?: true;
}

const LONGEST_QUERY = 100;

/** Statements that may hold a secret. */
const SECRET = /\bpassword\b|\bidentified\b/i;

/** The statement of another session in one line, cut short; one that may hold a secret is not shown. */
export function shortenQuery(query: string): string {
  // Before it is cut short, which might leave a half of one that nobody knows for it.
  const text = maskSecrets(query).replaceAll(/\s+/g, " ").trim();
  if (SECRET.test(text)) return "(not shown, it may hold a password)";
  return text.length <= LONGEST_QUERY ? text : `${text.slice(0, LONGEST_QUERY - 3).trimEnd()}...`;
}

/**
 * A session in words.
 *
 * @example
 * describeHolder(holder); // server process 4711 (psql, user app, from 10.0.0.7), idle in transaction since 2026-11-27T20:15:00Z: SELECT * FROM todos
 */
function describeHolder({ session, application, user, address, state, since, query }: LockHolder): string {
  const who = [
    ...(application === undefined ? [] : [application]),
    ...(user === undefined ? [] : [`user ${user}`]),
    ...(address === undefined ? [] : [`from ${address}`]),
  ].join(", ");
  const does = [...(state === undefined ? [] : [state]), ...(since === undefined ? [] : [`since ${since}`])].join(" ");
  return [
    `session ${session}${who === "" ? "" : ` (${who})`}`,
    ...(does === "" ? [] : [`, ${does}`]),
    ...(query === undefined ? [] : [`: ${query}`]),
  ].join("");
}

/** Who holds what is waited for, as a sentence without its full stop. */
export function describeHolders(holders: readonly LockHolder[]): string {
  const [first, ...others] = holders;
  if (!first) return "The server did not say who holds it";
  const words = first.isGuess ? "It may be held by" : "Held by";
  const more = others.length === 0 ? "" : `; and ${others.length} more`;
  return `${words} ${describeHolder(first)}${more}`;
}

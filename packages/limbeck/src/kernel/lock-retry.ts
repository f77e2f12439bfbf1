import { describeHolders, type LockHolder } from "./lock-holder.ts";

/** Why a statement was not let through by another session: it waited for too long, sessions waited for each other, or a row is newer than what the transaction has read. */
export type LockFailure = "lockTimeout" | "deadlock" | "rowChanged";

/** Who it was only the server's own words tell, if anything does: it is over. */
export const isOver = (reason: LockFailure): boolean => reason !== "lockTimeout";

/** A statement that did not get a lock, and is tried again. */
export interface LockRetry {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
  readonly reason: LockFailure;
  /** The statement, as it was sent. */
  readonly sql: string;
  /** How long it took until it failed, in milliseconds. */
  readonly waited: number;
  /** Who was in the way, where the server tells. */
  readonly holders: readonly LockHolder[];
  /** Which try has failed, from 1. */
  readonly attempt: number;
  /** How many there are. */
  readonly attempts: number;
  /** When the next one begins, in milliseconds. */
  readonly pause: number;
  /** What is tried again: this statement, since nothing of it took effect, or what was rolled back with it. */
  readonly scope: "statement" | "transaction";
}

const LONGEST_STATEMENT = 80;

/** A statement in one line, cut short. */
export function shortenStatement(sql: string): string {
  const text = sql.replaceAll(/\s+/g, " ").trim();
  return text.length <= LONGEST_STATEMENT ? text : `${text.slice(0, LONGEST_STATEMENT - 3).trimEnd()}...`;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** A failed try in words: which statement waits, for whom, and when it is tried again. */
export function describeRetry({ sql, reason, waited, holders, attempt, attempts, pause, scope }: LockRetry): string {
  const what = {
    lockTimeout: `did not get its lock within ${seconds(waited)}`,
    deadlock: "and another session waited for each other, and the server ended the wait",
    rowChanged: "found a row that another session had changed meanwhile",
  }[reason];
  const next = scope === "transaction" ? "it is rolled back, and tried again" : "it is tried again";
  const who = isOver(reason) && holders.length === 0 ? "" : ` ${describeHolders(holders)}.`;
  return `${shortenStatement(sql)} ${what}.${who} Try ${attempt} of ${attempts}: ${next} in ${seconds(pause)}.`;
}

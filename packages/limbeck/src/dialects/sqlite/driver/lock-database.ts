import type { DatabaseTarget, Lock, LockOptions } from "../../../dialect/dialect.ts";
import { acquireLock } from "./acquire-lock.ts";
import { connect } from "./connect.ts";
import { eraseDatabase } from "./erase-database.ts";

/**
 * Takes the lock of a database, and gives the ways to it. Whatever the version table is called: one file has one writer.
 *
 * @param timeout milliseconds; 0 tries once
 * @throws LockError, ConnectionError as {@link acquireLock} does
 */
export async function lockDatabase(
  target: DatabaseTarget,
  timeout: number,
  { driver, onWait, signal }: LockOptions = {},
): Promise<Lock> {
  const { release } = await acquireLock(target, timeout, { ...(onWait && { onWait }), signal });
  return {
    connect: (options = {}) => connect(target, { ...options, ...(driver !== undefined && { driver }) }),
    erase: () => eraseDatabase(target),
    release,
  };
}

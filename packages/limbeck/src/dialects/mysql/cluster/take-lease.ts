import { randomUUID } from "node:crypto";
import type { Connection } from "../../../dialect/connection.ts";
import { LEASE, Lease, type LeaseSubject } from "./lease.ts";
import type { LockRow, LockTable } from "./lock-row.ts";

/** Tries to take the lock of a cluster, again and again. */
export interface LeaseTaker {
  /** @returns whether the lock is taken */
  readonly attempt: () => Promise<boolean>;
  /** Who has it, as far as the last try has seen. */
  readonly findHolder: () => LockRow | undefined;
  /** Keeps what was taken. */
  readonly keep: () => Lease;
  /** Gives up. */
  readonly close: () => Promise<void>;
}

/** What a lease is taken with. */
export interface LeaseRequest extends Pick<LeaseSubject, "open"> {
  /** The session that is going to work. What it reads once it has the lock is as new as the lock. */
  readonly connection: Connection;
  /** The server of that session. Its named lock is held already: a row of this server is that of a session that has ended. */
  readonly server: string;
  readonly table: LockTable;
}

/** Watches a row from the first time on that it looks as it does. */
function createRowWatch(): (row: LockRow) => boolean {
  let seen: { readonly sign: string; readonly at: number } | undefined;
  return ({ token, beat }) => {
    const sign = `${token} ${beat}`;
    if (seen?.sign !== sign) seen = { sign, at: performance.now() };
    return performance.now() - seen.at >= LEASE;
  };
}

/**
 * The lock of a cluster is a row: of two who change it at the same time on different servers, one is refused. Who dies leaves the row behind, and it counts for
 * nothing once it has not changed for one lease.
 *
 * @throws ConnectionError when there can be no second session
 */
export async function openLeaseTaker({ connection, server, table, open }: LeaseRequest): Promise<LeaseTaker> {
  // First of all: a lock that nobody could keep must not be taken.
  const session = await open();
  const token = randomUUID();
  const hasExpired = createRowWatch();
  let holder: LockRow | undefined;
  let taken = 0;
  const attempt = async (): Promise<boolean> => {
    holder = await table.read(connection);
    taken = performance.now();
    if (!holder) return table.take(connection, token, server);
    const isDead = (server !== "" && holder.server === server) || hasExpired(holder);
    return isDead && table.takeOver(connection, token, server, holder);
  };
  return {
    attempt: () =>
      attempt().catch((error: unknown) => {
        throw table.explain(error, connection.description);
      }),
    findHolder: () => holder,
    keep: () => new Lease({ table, token, open }, session, taken),
    close: () => session.close(),
  };
}

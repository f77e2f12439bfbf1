import type { ServerNotice } from "../../../../dialect/dialect.ts";
import type { DriverSession } from "../driver.ts";

/** A database that somebody has opened and handed over. */
export interface ExistingDatabase {
  /** For people; without passwords. */
  readonly url: string;
  /** Takes a session, the only one there is or one of many; when it ends, its owner has it again. */
  readonly borrow: (onNotice: (notice: ServerNotice) => void) => Promise<DriverSession>;
  /**
   * Opens a session of our own in the same way, on the same database or on another one of the same server; for a database without a server, on a new one in
   * memory. Absent where the object does not say how.
   */
  readonly openAnother?: (database?: string) => Promise<DriverSession>;
  /** Whether every session that is opened is a database of its own, empty at first. */
  readonly isEmbedded: boolean;
}

/** The parts of a place, for people. */
export interface PlaceParts {
  readonly user?: unknown;
  readonly host?: unknown;
  readonly port?: unknown;
  readonly database?: unknown;
}

/** The URL of a place, without a password. */
export function describePlace({ user, host, port, database }: PlaceParts): string {
  const part = (value: unknown): string =>
    typeof value === "string" || typeof value === "number" ? encodeURIComponent(value) : "";
  const login = part(user) === "" ? "" : `${part(user)}@`;
  const place = part(port) === "" ? part(host) : `${part(host)}:${part(port)}`;
  return `postgres://${login}${place}/${part(database)}`;
}

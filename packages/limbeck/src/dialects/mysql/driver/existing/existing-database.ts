import type { DriverSession } from "../driver.ts";

/** A database that somebody has opened and handed over. */
export interface ExistingDatabase {
  /** For people; without passwords. */
  readonly url: string;
  /** Takes a session, the only one there is or one of many; when it ends, its owner has it again. */
  readonly borrow: () => Promise<DriverSession>;
  /** Opens a session of our own in the same way, in another database of the same server. Absent where the object does not say how. */
  readonly openAnother?: (database?: string) => Promise<DriverSession>;
}

/** The parts of a place, for people. */
export interface PlaceParts {
  readonly user?: unknown;
  readonly host?: unknown;
  readonly port?: unknown;
  readonly socketPath?: unknown;
  readonly database?: unknown;
}

/** The URL of a place, without a password. */
export function describePlace({ user, host, port, socketPath, database }: PlaceParts): string {
  const part = (value: unknown): string =>
    typeof value === "string" || typeof value === "number" ? encodeURIComponent(value) : "";
  const login = part(user) === "" ? "" : `${part(user)}@`;
  const socket = part(socketPath) === "" ? "" : `?socket=${part(socketPath)}`;
  const place = socket === "" ? `${part(host)}${part(port) === "" ? "" : `:${part(port)}`}` : "";
  return `mysql://${login}${place}/${part(database)}${socket}`;
}

import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { reachErrors } from "../../../kernel/errors/reach-errors.ts";
import type { DriverSession, SessionRequest } from "./driver.ts";
import { pg } from "./pg.ts";
import { PGLITE } from "./pglite.ts";
import { postgresJs } from "./postgres-js.ts";

/** A package that reaches a server. */
export interface ServerDriver {
  /** Its name on npm, which is what `driver` in the config says. */
  readonly name: string;
  /** @throws what the package throws; whoever calls knows what it means */
  readonly open: (request: SessionRequest) => Promise<DriverSession>;
}

/** The first is taken when none is asked for. None is loaded before it opens something. */
const SERVER_DRIVERS: readonly ServerDriver[] = [pg, postgresJs];

const KNOWN: readonly string[] = [...SERVER_DRIVERS.map(({ name }) => name), PGLITE];

function requireKnown(name: string): void {
  if (!KNOWN.includes(name)) throw connectionErrors.unknownDriver({ driver: name, known: KNOWN });
}

/**
 * The driver of a name for servers; without a name, the usual one.
 *
 * @param url where it is to lead, without passwords
 * @throws ConnectionError (unknownDriver, driverElsewhere)
 */
export function findServerDriver(url: string, name: string = pg.name): ServerDriver {
  requireKnown(name);
  const found = SERVER_DRIVERS.find((driver) => driver.name === name);
  if (!found) throw reachErrors.driverElsewhere({ driver: name, url, other: pg.name });
  return found;
}

/** @throws ConnectionError (unknownDriver, driverElsewhere) for drivers that lead to servers */
export function requireEmbeddedDriver(url: string, name: string = PGLITE): void {
  requireKnown(name);
  if (name !== PGLITE) throw reachErrors.driverElsewhere({ driver: name, url, other: PGLITE });
}

import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import type { Driver } from "./driver.ts";
import { mariadb } from "./mariadb.ts";
import { mysql2 } from "./mysql2.ts";

/** The first is taken when none is asked for. None is loaded before it opens something. */
const DRIVERS: readonly Driver[] = [mysql2, mariadb];

/**
 * The driver of a name; without a name, the usual one.
 *
 * @throws ConnectionError (unknownDriver)
 */
export function findDriver(name: string = mysql2.name): Driver {
  const found = DRIVERS.find((driver) => driver.name === name);
  if (!found) throw connectionErrors.unknownDriver({ driver: name, known: DRIVERS.map((driver) => driver.name) });
  return found;
}

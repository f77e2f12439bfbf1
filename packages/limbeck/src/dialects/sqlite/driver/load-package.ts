import { createRequire } from "node:module";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";

/**
 * Loads a driver that is installed beside this package, when it is asked for.
 *
 * @throws ConnectionError (driverMissing)
 */
export function loadPackage(name: string): unknown {
  try {
    const loaded: unknown = createRequire(import.meta.url)(name);
    return loaded;
  } catch (error) {
    throw connectionErrors.driverMissing({ driver: name, fix: [`npm install ${name}`] }, error);
  }
}

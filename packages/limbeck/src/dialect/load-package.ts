import { createRequire } from "node:module";
import { compareVersions } from "./compare-versions.ts";
import { connectionErrors } from "../kernel/errors/connection-errors.ts";

/**
 * Loads a driver that is installed beside this package, when it is asked for.
 *
 * @throws ConnectionError (driverMissing)
 */
export function loadPackage(name: string): unknown {
  return load(name, name);
}

/**
 * Makes sure that a driver is new enough, before any of its code runs. Its package has to export its package.json.
 *
 * @param fault what older ones do, in words that "versions before 1.0" can precede
 * @throws ConnectionError (driverMissing, driverTooOld)
 */
export function requireVersion(name: string, oldest: string, fault: string): void {
  const description = load(name, `${name}/package.json`);
  const hasVersion = typeof description === "object" && description !== null && "version" in description;
  checkVersion(name, { version: hasVersion ? String(description.version) : "", oldest, fault });
}

/**
 * The same for a package that keeps its package.json to itself, and says its version when it is loaded.
 *
 * @throws ConnectionError (driverTooOld)
 */
export function checkVersion(
  name: string,
  { version, oldest, fault }: { readonly version: string; readonly oldest: string; readonly fault: string },
): void {
  if (version !== "" && compareVersions(version, oldest) >= 0) return;
  throw connectionErrors.driverTooOld({ driver: name, version, oldest, fault });
}

function load(driver: string, path: string): unknown {
  try {
    const loaded: unknown = createRequire(import.meta.url)(path);
    return loaded;
  } catch (error) {
    throw connectionErrors.driverMissing({ driver, fix: [`npm install ${driver}`] }, error);
  }
}

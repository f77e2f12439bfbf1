import { formatLocation } from "../kernel/errors/source-location.ts";
import { locateError } from "../scripts/load-module.ts";

/**
 * Where the code in a file called from, as `file:line:column`.
 *
 * @param error what was thrown, or an error made at the call
 * @param path absolute path of the file whose frame counts
 * @returns empty when no frame is in that file
 */
export function findCallSite(error: unknown, path: string): string {
  const location = path === "" ? undefined : locateError(error, path);
  return location ? formatLocation(location) : "";
}

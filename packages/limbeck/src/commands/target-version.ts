import { compareVersions } from "../dialect/compare-versions.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";

/** One to four numbers with dots between them. */
const VERSION = /^\d{1,9}(?:\.\d{1,9}){0,3}$/;

/**
 * The version of the engine that a script is written for.
 *
 * @param wanted what was asked for; default: the oldest one that scripts are written for
 * @throws CommandError when it is no version, or older than the oldest supported one
 */
export function chooseTargetVersion({ oldestVersion }: Dialect, wanted: string | undefined): string {
  if (wanted === undefined) return oldestVersion;
  if (!VERSION.test(wanted)) throw commandErrors.malformedVersion({ version: wanted, oldest: oldestVersion });
  if (compareVersions(wanted, oldestVersion) < 0) {
    throw commandErrors.unsupportedVersion({ version: wanted, oldest: oldestVersion });
  }
  return wanted;
}

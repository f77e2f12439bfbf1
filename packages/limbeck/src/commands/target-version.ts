import type { Dialect } from "../dialect/dialect.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";

/** One to four numbers with dots between them. */
const VERSION = /^\d{1,9}(?:\.\d{1,9}){0,3}$/;

/** Less than 0 when `a` is the older one; parts that `a` leaves out are not compared, so that 3.40 is any 3.40.x. */
function compareVersions(a: string, b: string): number {
  const other = b.split(".").map(Number);
  const differences = a.split(".").map((part, index) => Number(part) - (other[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

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

/** The older of two versions: what is written for it runs on both. */
export function chooseOlderVersion(a: string, b: string): string {
  return compareVersions(a, b) < 0 ? a : b;
}

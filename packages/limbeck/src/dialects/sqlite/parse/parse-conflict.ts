import type { ConflictResolution } from "../options.ts";
import type { TokenReader } from "./token-reader.ts";

const RESOLUTIONS: ReadonlyMap<string, ConflictResolution> = new Map([
  ["ROLLBACK", "rollback"],
  ["ABORT", "abort"],
  ["FAIL", "fail"],
  ["IGNORE", "ignore"],
  ["REPLACE", "replace"],
]);

/** Reads ON CONFLICT if it is next. https://www.sqlite.org/syntax/conflict-clause.html */
export function parseConflict(reader: TokenReader): ConflictResolution | undefined {
  if (!reader.accept("ON", "CONFLICT")) return undefined;
  const resolution = RESOLUTIONS.get(reader.acceptOneOf([...RESOLUTIONS.keys()]) ?? "");
  if (resolution === undefined) throw reader.failure("a conflict resolution");
  return resolution;
}

import { quoteIdentifier } from "../quote.ts";
import type { ConflictResolution } from "../options.ts";

/** `CONSTRAINT "name" ` in front of a constraint, or nothing. */
export function renderConstraintName(name: string | undefined): string {
  return name === undefined ? "" : `CONSTRAINT ${quoteIdentifier(name)} `;
}

/** ` ON CONFLICT REPLACE` behind a constraint, or nothing. https://www.sqlite.org/lang_conflict.html */
export function renderConflict(resolution: ConflictResolution | undefined): string {
  return resolution === undefined ? "" : ` ON CONFLICT ${resolution.toUpperCase()}`;
}

/** Names in double quotes, separated by commas. */
export function quoteList(names: readonly string[]): string {
  return names.map(quoteIdentifier).join(", ");
}

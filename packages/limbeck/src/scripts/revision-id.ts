import { scriptErrors } from "../kernel/errors/script-errors.ts";
import type { DateParts } from "./date-parts.ts";

/** How revisions get their ids: twelve random hexadecimal digits, or the day and a number, `2026_02_21_001`. */
export type IdStyle = "random" | "date-serial";

/** What the column of the version table holds. */
const LONGEST = 32;

/**
 * Refuses an id that targets could not name or the version table could not hold.
 *
 * @throws ScriptError saying what is wrong with it
 */
export function checkRevisionId(revision: string): void {
  const refuse = (problem: string): never => {
    throw scriptErrors.invalidRevisionId({ revision, problem });
  };
  if (revision === "") refuse("It is empty.");
  if (revision.length > LONGEST) refuse(`It has ${revision.length} characters, and ${LONGEST} is the most.`);
  const [bad] = /[^\p{L}\p{N}_.]/u.exec(revision) ?? [];
  if (bad !== undefined) refuse(`It contains ${JSON.stringify(bad)}.`);
  if (/^(?:head|heads|base|current)$/.test(revision)) refuse("That word names a place in the history.");
  if (/^(?:none|null|nil|undefined)$/i.test(revision)) refuse("That word means that there is no revision.");
}

/** The id of a revision that tells its day: `2026_02_21_001`. */
export function makeDateSerialId({ year, month, day }: DateParts, serial: string): string {
  return [year, month, day, serial].join("_");
}

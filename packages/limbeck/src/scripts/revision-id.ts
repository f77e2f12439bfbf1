import { scriptErrors } from "../kernel/errors/script-errors.ts";

/** What the column of the version table holds. */
const LONGEST = 32;

/**
 * Refuses an id that targets could not name or the version table could not hold.
 *
 * @throws ScriptError saying what is wrong with it
 */
export function requireUsableId(revision: string): string {
  const refuse = (problem: string): never => {
    throw scriptErrors.invalidRevisionId({ revision, problem });
  };
  if (revision === "") refuse("it is empty");
  if (revision.length > LONGEST) refuse(`it has ${revision.length} characters, and ${LONGEST} is the most`);
  const [bad] = /[@+:\s/\\"'`-]|[^\P{C}]/u.exec(revision) ?? [];
  if (bad !== undefined) refuse(`it contains ${JSON.stringify(bad)}`);
  if (/^(?:head|heads|base|current)$/.test(revision)) refuse("it is a word of the target grammar");
  return revision;
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, "0");

/** The day as `2026_02_21`, on the clock of the machine: that is the day its user means. */
export function formatDay(date: Date): string {
  return [pad(date.getFullYear(), 4), pad(date.getMonth() + 1, 2), pad(date.getDate(), 2)].join("_");
}

/**
 * The next number of a day, three digits from `001`.
 *
 * @param taken ids or file names; those that begin with the day and a number count
 */
export function nextSerial(date: Date, taken: readonly string[]): string {
  const prefix = `${formatDay(date)}_`;
  const numbers = taken
    .filter((name) => name.startsWith(prefix))
    .map((name) => Number(/^\d+/.exec(name.slice(prefix.length))?.[0] ?? 0));
  return pad(Math.max(0, ...numbers) + 1, 3);
}

import type { Dialect } from "../../dialect/dialect.ts";
import type { HistoryNote, HistorySubject } from "./history-entry.ts";

/** Which run writes entries, and with what. */
export interface RunIdentity {
  /** Another one for every run. */
  readonly run: string;
  /** The version of Limbeck. */
  readonly toolVersion: string;
}

/**
 * The values of an entry as SQL, in the order of the columns.
 *
 * @param number an expression
 */
export function renderEntry(
  { quoteLiteral: literal, journal }: Pick<Dialect, "quoteLiteral" | "journal">,
  { run, toolVersion }: RunIdentity,
  entry: HistorySubject & HistoryNote,
  number: string,
): string {
  const orNull = (value: string | number | undefined): string => (value === undefined ? "NULL" : literal(value));
  const values = [
    number,
    literal(run),
    literal(entry.revision),
    literal(entry.direction),
    literal(entry.event),
    orNull(entry.call),
    orNull(entry.digest),
    orNull(entry.checksum === "" ? undefined : entry.checksum),
    journal.now,
    orNull(entry.milliseconds === undefined ? undefined : Math.round(entry.milliseconds)),
    literal(toolVersion),
    journal.user,
    journal.session,
    orNull(entry.detail),
  ];
  return `(${values.join(", ")})`;
}

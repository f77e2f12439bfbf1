import type { HistorySubject } from "../runtime/journal/history-entry.ts";

/** What the journal says of a stamp: where the database stands from then on. */
export function listStamped(to: readonly string[] | undefined): readonly HistorySubject[] {
  if (to === undefined) return [];
  const revisions = to.length === 0 ? ["base"] : to;
  return revisions.map((revision) => ({ revision, direction: "stamp", checksum: "" }));
}

import type { HistorySubject } from "../runtime/journal/history-entry.ts";
import { readRevisionSource } from "../scripts/revision-file.ts";
import { takeChecksum } from "../scripts/take-checksum.ts";
import { listApplied } from "./find-strays.ts";
import type { Project } from "./project.ts";

/** What the journal says of one revision that a database has without its file having run: the file is taken as it is. */
export const stampFile = (project: Project, revision: string): HistorySubject => ({
  revision,
  direction: "stamp",
  checksum: takeChecksum(readRevisionSource(project.requireFile(revision).path)),
});

/**
 * What the journal says of a stamp. It begins anew at base, so that nothing counts that was said before, and goes on with all that the database has from
 * then on: each file is taken as it is, and an edit afterwards is seen.
 *
 * @param to where the database stands
 */
export function listStamped(project: Project, to: readonly string[]): readonly HistorySubject[] {
  const applied = listApplied(project, to).map((revision) => stampFile(project, revision));
  return [{ revision: "base", direction: "stamp", checksum: "" }, ...applied];
}

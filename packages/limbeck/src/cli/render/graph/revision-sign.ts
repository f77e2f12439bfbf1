import type { HistoryResult } from "../../../commands/history.ts";

/** How a revision is drawn: by what the database has of it, where that was asked. */
export type RevisionSign = "revision" | "pending" | "current";

/** The sign of each revision of a history. */
export function chooseSigns({ current = [], pending = [] }: HistoryResult): (revision: string) => RevisionSign {
  const isCurrent = new Set(current);
  const isPending = new Set(pending);
  return (revision) => {
    if (isCurrent.has(revision)) return "current";
    return isPending.has(revision) ? "pending" : "revision";
  };
}

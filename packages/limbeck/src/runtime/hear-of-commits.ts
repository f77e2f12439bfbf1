import type { Dialect } from "../dialect/dialect.ts";
import type { RevisionWatch } from "./revision-watch.ts";
import type { StatementSink } from "./statement-sink.ts";

/** A sink that lets a watch know when the transaction of a revision ends before the revision does, and when the next one has begun. */
export function hearOfCommits(
  sink: StatementSink,
  { transaction: { begin, commit } }: Pick<Dialect, "transaction">,
  watch: Pick<RevisionWatch, "beforeCommit" | "afterBegin">,
): StatementSink {
  return {
    ...sink,
    async run(statement) {
      if (statement === commit) await watch.beforeCommit?.();
      const changed = await sink.run(statement);
      if (statement === begin) watch.afterBegin?.();
      return changed;
    },
  };
}

import type { Dialect } from "../dialect/dialect.ts";
import type { Statement } from "../dialect/statement.ts";
import type { StatementSink } from "./statement-sink.ts";

/** Knows which statements of a transaction no rollback takes back. */
export interface CommitWatch {
  /** Runs statements, and remembers them. */
  readonly sink: StatementSink;
  /** What stays, in the order in which it ran. */
  readonly listKept: () => readonly string[];
}

/** Makes a watch over one revision: some engines commit some statements by themselves, and a revision may leave its transaction. */
export function watchCommits(sink: StatementSink, { transaction }: Pick<Dialect, "transaction">): CommitWatch {
  const { begin, commit, commitsImplicitly = () => false } = transaction;
  const kept: string[] = [];
  let pending: string[] = [];
  let isOutside = false;
  const keepPending = (): void => {
    kept.push(...pending);
    pending = [];
  };
  const run = async (statement: Statement): Promise<number> => {
    if (statement.guard !== undefined) return sink.run(statement);
    if (statement === commit || statement === begin) {
      const changed = await sink.run(statement);
      isOutside = statement === commit;
      keepPending();
      return changed;
    }
    const commits = isOutside || commitsImplicitly(statement.sql);
    // What came before is committed before the statement begins, whatever becomes of it.
    if (commits) keepPending();
    const changed = await sink.run(statement).catch((error: unknown) => {
      // Nothing takes back what it began: an index that could not be built stays, and is not valid.
      if (isOutside) kept.push(`-- failed, and may have left something behind:\n${statement.sql}`);
      throw error;
    });
    if (!statement.isRepeated || ![...kept, ...pending].includes(statement.sql)) pending.push(statement.sql);
    if (commits) keepPending();
    return changed;
  };
  return { sink: { ...sink, run }, listKept: () => kept };
}

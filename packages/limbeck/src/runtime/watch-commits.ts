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

/** Makes a watch over one transaction, for engines on which some statements commit by themselves; on others nothing ever stays. */
export function watchCommits(sink: StatementSink, { transaction }: Pick<Dialect, "transaction">): CommitWatch {
  const { commitsImplicitly } = transaction;
  if (!commitsImplicitly) return { sink, listKept: () => [] };
  const kept: string[] = [];
  let pending: string[] = [];
  const keepPending = (): void => {
    kept.push(...pending);
    pending = [];
  };
  const run = async (statement: Statement): Promise<number> => {
    if (statement.guard !== undefined) return sink.run(statement);
    const commits = commitsImplicitly(statement.sql);
    // What came before is committed before the statement begins, whatever becomes of it.
    if (commits) keepPending();
    const changed = await sink.run(statement);
    pending.push(statement.sql);
    if (commits) keepPending();
    return changed;
  };
  return { sink: { ...sink, run }, listKept: () => kept };
}

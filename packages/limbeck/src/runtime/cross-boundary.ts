import type { Connection } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { Statement } from "../dialect/statement.ts";
import type { StatementSink } from "./statement-sink.ts";

/** What commits on behalf of a revision. */
export interface BoundaryFrame {
  /** Runs what begins or ends a transaction, on the same sink. */
  readonly frame: (statement: Statement) => Promise<unknown>;
  /** Hears of the commit before it happens. */
  readonly beforeCommit?: (subject: string) => void;
}

/** Makes sinks for the steps of one transaction. */
export type CrossBoundary = (sink: StatementSink, frame: BoundaryFrame) => StatementSink;

/**
 * Commits where a statement uses what can be used after a commit only, and sends the statement again. The engine is asked, by sending it, because no reading of
 * its text would tell: the value may come from a row or a function.
 *
 * @param connection the marks go to it alone: a script needs none, as it knows where to commit
 */
export function createCrossBoundary(
  { transaction }: Pick<Dialect, "transaction">,
  connection: Connection,
): CrossBoundary {
  const { begin, commit, commitBoundary: rules } = transaction;
  if (!rules) return (sink) => sink;
  let isOutside = false;
  /** Whether something was made in this transaction that is not committed. */
  let isPending = false;

  const attempt = async <Result>(
    work: () => Promise<Result>,
    { frame, beforeCommit }: BoundaryFrame,
  ): Promise<Result> => {
    if (!isPending || isOutside) return work();
    await connection.execute(rules.mark);
    try {
      const result = await work();
      await connection.execute(rules.forget);
      return result;
    } catch (error) {
      if (!rules.isMissed(error)) throw error;
      await connection.execute(rules.goBack);
    }
    isPending = false;
    beforeCommit?.(rules.subject);
    await frame(commit);
    await frame(begin);
    return work();
  };

  return (sink, frame) => {
    const { query } = sink;
    return {
      ...sink,
      query: query && ((sql, parameters) => attempt(() => query(sql, parameters), frame)),
      async run(statement) {
        if (statement === begin || statement === commit) {
          isOutside = statement === commit;
          isPending = false;
          return sink.run(statement);
        }
        const changed = await attempt(() => sink.run(statement), frame);
        if (rules.begins(statement.sql)) isPending = true;
        return changed;
      },
    };
  };
}

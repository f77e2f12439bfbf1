import type { Dialect } from "../dialect/dialect.ts";
import type { Statement } from "../dialect/statement.ts";
import type { StatementSink } from "./statement-sink.ts";

/**
 * A sink that leaves the transaction around what the engine refuses inside of one, as `op.autocommit` would.
 *
 * @param frame runs what begins or ends a transaction, on the same sink
 */
export function leaveForStatement(
  sink: StatementSink,
  { journal, transaction }: Pick<Dialect, "journal" | "transaction">,
  frame: (statement: Statement) => Promise<unknown>,
): StatementSink {
  const { begin, commit } = transaction;
  let isOutside = false;
  return {
    ...sink,
    async run(statement) {
      if (statement === begin || statement === commit) isOutside = statement === commit;
      if (isOutside || !journal.refusesTransaction(statement.sql)) return sink.run(statement);
      await frame(commit);
      const changed = await sink.run(statement);
      await frame(begin);
      return changed;
    },
  };
}

import type { Dialect } from "../dialect/dialect.ts";
import type { Statement } from "../dialect/statement.ts";
import type { LoadedStep, RunContext, RunEvent } from "./run-context.ts";

/** Tells of the statements of a run. */
export type TellingContext = Pick<RunContext, "sink" | "onEvent">;

/**
 * Tells of each statement when it is sent and when it is answered. Left out is what serves another statement, and what frames transactions: a database that
 * is in use is asked for that over and over.
 *
 * @param sink where the statements go
 * @returns the sink and the listener that the run is to work with in the place of those
 */
export function tellStatements(
  { sink, onEvent }: TellingContext,
  { dialect, clock }: { readonly dialect: Pick<Dialect, "transaction">; readonly clock: () => number },
): TellingContext {
  const { begin, commit, rollback, prologue, epilogue } = dialect.transaction;
  const frame = new Set<Statement>([begin, commit, rollback, ...prologue, ...epilogue]);
  let current: LoadedStep | undefined;
  const tell = async <Answer extends number | readonly unknown[]>(
    sql: string,
    send: () => Promise<Answer>,
  ): Promise<Answer> => {
    const start = clock();
    const subject = { sql, ...(current && { step: current }) };
    onEvent({ kind: "statementStarted", ...subject });
    try {
      const answer = await send();
      const rows = typeof answer === "number" ? answer : answer.length;
      onEvent({ kind: "statementFinished", ...subject, milliseconds: clock() - start, rows });
      return answer;
    } catch (error) {
      onEvent({ kind: "statementFailed", ...subject, milliseconds: clock() - start });
      throw error;
    }
  };
  const { query } = sink;
  return {
    sink: {
      ...sink,
      run(statement) {
        const isHidden = frame.has(statement) || statement.isAuxiliary;
        return isHidden ? sink.run(statement) : tell(statement.toldAs ?? statement.sql, () => sink.run(statement));
      },
      query: query && ((sql, parameters) => tell(sql, () => query(sql, parameters))),
    },
    onEvent(event: RunEvent) {
      if (event.kind === "stepStarted") current = event.step;
      if (event.kind === "stepFinished") current = undefined;
      onEvent(event);
    },
  };
}

import type { Dialect } from "../dialect/dialect.ts";
import { adviseOnRefusal } from "../kernel/errors/advise-on-refusal.ts";
import { findFirstCause } from "../kernel/errors/find-first-cause.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";

function explainRefusal(error: unknown, dialect: Dialect): unknown {
  if (!(error instanceof LimbeckError) || error.reason !== "statementFailed") return error;
  const { sql } = error.context;
  const refusal = findFirstCause(error);
  const hint = typeof sql === "string" ? dialect.adviseOnStatement?.(refusal, sql) : undefined;
  const areRowsInTheWay = dialect.blamesRows(refusal);
  return hint !== undefined || areRowsInTheWay ? adviseOnRefusal(error, { hint, areRowsInTheWay }) : error;
}

/** Runs revisions; where the engine refuses a statement, the error says what the engine tells besides: that rows stand against it, or that it is in the words of another one. */
export async function explainRefusals<Result>(dialect: Dialect, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw explainRefusal(error, dialect);
  }
}

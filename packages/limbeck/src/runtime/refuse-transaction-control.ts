import type { Dialect } from "../dialect/dialect.ts";
import type { ScriptStatement } from "../dialect/statement.ts";
import { executionErrors } from "../kernel/errors/execution-errors.ts";
import type { CallPlace } from "./revision-target.ts";

/**
 * A revision must not end the transaction it runs in.
 *
 * @throws ExecutionError (transactionControl)
 */
export function refuseTransactionControl(sql: string, dialect: Dialect, place: CallPlace): void {
  // Almost no statement has one of these words, and taking one apart costs more than running it.
  if (!/\b(?:begin|commit|end|rollback)\b/i.test(sql)) return;
  let statements: readonly ScriptStatement[] = [];
  try {
    statements = dialect.splitScript(sql);
  } catch {
    // What cannot be taken apart the engine refuses in its own words.
  }
  if (statements.some(({ purpose }) => purpose === "transaction"))
    throw executionErrors.transactionControl({ ...place, sql });
}

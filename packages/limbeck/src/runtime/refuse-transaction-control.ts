import type { Dialect } from "../dialect/dialect.ts";
import { executionErrors } from "../kernel/errors/execution-errors.ts";
import type { CallPlace } from "./revision-target.ts";
import { splitLeniently } from "./split-leniently.ts";

/**
 * A revision must not end the transaction it runs in.
 *
 * @throws ExecutionError (transactionControl)
 */
export function refuseTransactionControl(sql: string, dialect: Dialect, place: CallPlace): void {
  // Almost no statement has one of these words, and taking one apart costs more than running it.
  if (!/\b(?:begin|commit|end|rollback)\b/i.test(sql)) return;
  if (splitLeniently(sql, dialect).some(({ purpose }) => purpose === "transaction"))
    throw executionErrors.transactionControl({ ...place, sql });
}

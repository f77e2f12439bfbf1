import type { Row } from "../dialect/connection.ts";
import { executionErrors } from "../kernel/errors/execution-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { hideSecretsOf } from "../kernel/hide-secrets-of.ts";
import type { SqlValue } from "../ops/operation.ts";
import { refuseTransactionControl } from "./refuse-transaction-control.ts";
import type { CallPlace, RevisionTarget } from "./revision-target.ts";

/**
 * Reads rows for a revision.
 *
 * @throws ExecutionError when there is no database to read, or it refuses the statement
 */
export async function performQuery(
  { sql, parameters }: { readonly sql: string; readonly parameters: readonly SqlValue[] },
  target: RevisionTarget,
  place: CallPlace,
): Promise<readonly Row[]> {
  if (!target.sink.query) throw executionErrors.noDatabaseToRead({ ...place, sql });
  refuseTransactionControl(sql, target.dialect, place);
  await target.onQuery?.(sql);
  try {
    const rows = await target.sink.query(sql, parameters);
    // A statement that reads may also write (RETURNING, a function): what was known of the schema is no longer certain.
    target.tracker.forget();
    return rows;
  } catch (error) {
    if (error instanceof LimbeckError) throw error;
    const databaseMessage = hideSecretsOf(sql, target.dialect.describeDatabaseError(error));
    throw executionErrors.statementFailed({ ...place, operation: "read rows", sql, databaseMessage }, error);
  }
}

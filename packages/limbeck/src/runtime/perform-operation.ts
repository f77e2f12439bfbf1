import type { Row } from "../dialect/connection.ts";
import type { Statement } from "../dialect/statement.ts";
import { executionErrors } from "../kernel/errors/execution-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { hideSecretsOf } from "../kernel/hide-secrets-of.ts";
import { applyOperation } from "../ops/apply/apply-operation.ts";
import { describeOperation } from "../ops/describe/describe-operation.ts";
import { dispatchOperation, type Operation } from "../ops/operation.ts";
import { EMPTY_SCHEMA, type Schema } from "../schema/model/schema.ts";
import { adoptDefinitions } from "./adopt-definitions.ts";
import { refuseTransactionControl } from "./refuse-transaction-control.ts";
import type { CallPlace, RevisionTarget } from "./revision-target.ts";
import { followParked } from "./soft-delete/follow-parked.ts";
import { settleParking } from "./soft-delete/settle-parking.ts";
import { spellTables } from "./spell-tables.ts";
import { GuardFinding } from "./statement-sink.ts";

/** The schema, as far as it is known or has to be. */
function findSchema(
  operation: Operation,
  { dialect, tracker, attached }: RevisionTarget,
): Promise<Schema> | Schema | undefined {
  const isNeeded = dispatchOperation(dialect.needsSchema, operation) || attached?.concerns(operation) === true;
  return isNeeded ? tracker.current() : tracker.known();
}

/** The operation with the names of tables as the schema spells them. */
async function spellOperation(operation: Operation, target: RevisionTarget): Promise<Operation> {
  if (!target.dialect.diffRules.foldTableNames) return operation;
  const schema = await findSchema(operation, target);
  return schema ? spellTables(operation, schema) : operation;
}

/** The operation with the definitions of what is there, where the engine spells them in its own way. */
async function adoptOperation(operation: Operation, target: RevisionTarget): Promise<Operation> {
  if (!target.dialect.respells) return operation;
  const schema = await findSchema(operation, target);
  return schema ? adoptDefinitions(operation, schema) : operation;
}

/** The statements of an operation, compiled against the schema it meets. */
async function compileOperation(operation: Operation, target: RevisionTarget): Promise<readonly Statement[]> {
  const { dialect, tracker, serverVersion } = target;
  const needsSchema = dispatchOperation(dialect.needsSchema, operation);
  const before: Schema = needsSchema ? await tracker.current() : EMPTY_SCHEMA;
  const after = needsSchema ? applyOperation(operation, before) : EMPTY_SCHEMA;
  return dispatchOperation(dialect.compile, operation, { before, after, serverVersion });
}

/** The statements that give a view what belonged to it before it was made anew, in the same call: a run that stops between the two goes on there. */
async function compileAttachments(
  creation: Operation,
  attachments: readonly Operation[],
  { dialect, tracker, serverVersion }: RevisionTarget,
): Promise<readonly Statement[]> {
  let schema = applyOperation(creation, await tracker.current());
  return attachments.flatMap((one) => {
    const before = schema;
    schema = applyOperation(one, before);
    return dispatchOperation(dialect.compile, one, { before, after: schema, serverVersion });
  });
}

/** A failure of a statement in the words of the operation that it belongs to. */
export function explainFailure(
  error: unknown,
  { operation, sql }: { readonly operation: string; readonly sql: string },
  target: RevisionTarget,
  place: CallPlace,
): unknown {
  if (error instanceof LimbeckError) return error;
  if (error instanceof GuardFinding) {
    const { meaning, finding } = error;
    return executionErrors.guardFired({ ...place, operation, meaning, finding });
  }
  const databaseMessage = hideSecretsOf(sql, target.dialect.describeDatabaseError(error));
  return executionErrors.statementFailed({ ...place, operation, sql, databaseMessage }, error);
}

/**
 * Carries out one operation of a revision.
 *
 * @returns the note for a later run of what belonged to what it dropped, or of what it made anew; undefined where there is none
 * @throws ExecutionError when the database refuses it or a guard fires, OperationError when the schema does not allow it
 */
export async function performOperation(
  asked: Operation,
  target: RevisionTarget,
  place: CallPlace,
): Promise<readonly Row[] | undefined> {
  const operation = await settleParking(await spellOperation(asked, target), target);
  if (operation.kind === "execute") refuseTransactionControl(operation.sql, target.dialect, place);
  await target.onOperation?.(operation);
  const parked = await followParked(operation, target);
  const adopted = await adoptOperation(operation, target);
  const note = target.attached?.concerns(adopted)
    ? target.attached.note(adopted, await target.tracker.current())
    : target.attached?.renew(adopted);
  const attachments = target.attached?.list(adopted) ?? [];
  const statements = [
    ...(await compileOperation(adopted, target)),
    ...(parked ? await compileOperation(parked, target) : []),
    ...(attachments.length > 0 ? await compileAttachments(adopted, attachments, target) : []),
  ];
  const left = target.journal?.announce(statements) ?? statements;
  await runCompiled(left, describeOperation(operation), target, place);
  for (const one of [adopted, ...(parked ? [parked] : []), ...attachments]) target.tracker.record(one);
  return note;
}

/**
 * Runs what an operation has become.
 *
 * @param operation in words
 * @returns how many rows that changed
 * @throws ExecutionError when the database refuses a statement or a guard fires
 */
export async function runCompiled(
  statements: readonly Statement[],
  operation: string,
  target: RevisionTarget,
  place: CallPlace,
): Promise<number> {
  let changed = 0;
  for (const statement of statements) {
    try {
      changed += await target.sink.run(statement);
    } catch (error) {
      throw explainFailure(error, { operation, sql: statement.sql }, target, place);
    }
  }
  return changed;
}

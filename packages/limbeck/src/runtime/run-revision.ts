import type { Connection, Row } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { ScriptStatement } from "../dialect/statement.ts";
import { ConnectionError } from "../kernel/errors/connection-errors.ts";
import { ExecutionError, executionErrors, placeError } from "../kernel/errors/execution-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { scriptErrors } from "../kernel/errors/script-errors.ts";
import { formatLocation } from "../kernel/errors/source-location.ts";
import { applyOperation } from "../ops/apply/apply-operation.ts";
import { describeOperation } from "../ops/describe/describe-operation.ts";
import { dispatchOperation, type Operation } from "../ops/operation.ts";
import type { RevisionStatement } from "../scripts/revision-body.ts";
import type { NamingConvention } from "../schema/builder/naming-convention.ts";
import { EMPTY_SCHEMA, type Schema } from "../schema/model/schema.ts";
import { findCallSite } from "./call-site.ts";
import { createOperations } from "./create-operations.ts";
import { createOperationQueue } from "./operation-queue.ts";
import type { Operations } from "./operations.ts";
import { spellTables } from "./spell-tables.ts";
import type { SchemaTracker } from "./schema-tracker.ts";
import { GuardFinding, type StatementSink } from "./statement-sink.ts";

/** One direction of a revision file, ready to run. */
export interface RevisionFunction {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
  /** Absolute path of the file, to name the line that failed. */
  readonly path: string;
  /** Code, or the statements of a `.sql` file. */
  readonly run: ((op: Operations) => unknown) | readonly RevisionStatement[];
}

/** What a revision runs on. */
export interface RevisionTarget {
  readonly dialect: Dialect;
  readonly connection: Connection;
  readonly sink: StatementSink;
  readonly tracker: SchemaTracker;
  readonly convention: NamingConvention;
  /** The version that statements are compiled for; another than the connection's where a script is written. */
  readonly serverVersion: string;
  /** Hears of every operation before it runs. */
  readonly onOperation?: (operation: Operation) => Promise<void>;
  /** Hears of every read before it runs; it may write as well. */
  readonly onQuery?: () => Promise<void>;
}

interface CallPlace {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
  readonly location: string;
}

/** The statements of an operation, compiled against the schema it meets. */
async function compileOperation(operation: Operation, target: RevisionTarget) {
  const { dialect, tracker, serverVersion } = target;
  const needsSchema = dispatchOperation(dialect.needsSchema, operation);
  const before: Schema = needsSchema ? await tracker.current() : EMPTY_SCHEMA;
  const after = needsSchema ? applyOperation(operation, before) : EMPTY_SCHEMA;
  return dispatchOperation(dialect.compile, operation, { before, after, serverVersion });
}

/** A revision must not end the transaction it runs in. */
function refuseTransactionControl(sql: string, { dialect }: RevisionTarget, place: CallPlace): void {
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

/** The operation with the names of tables as the schema spells them, as far as it is known or has to be. */
async function spellOperation(operation: Operation, { dialect, tracker }: RevisionTarget): Promise<Operation> {
  if (!dialect.diffRules.foldTableNames) return operation;
  const needsSchema = dispatchOperation(dialect.needsSchema, operation);
  const schema = needsSchema ? await tracker.current() : tracker.known();
  return schema ? spellTables(operation, schema) : operation;
}

async function performOperation(asked: Operation, target: RevisionTarget, place: CallPlace): Promise<void> {
  const operation = await spellOperation(asked, target);
  if (operation.kind === "execute") refuseTransactionControl(operation.sql, target, place);
  await target.onOperation?.(operation);
  for (const statement of await compileOperation(operation, target)) {
    try {
      await target.sink.run(statement);
    } catch (error) {
      if (error instanceof LimbeckError) throw error;
      const operationText = describeOperation(operation);
      if (error instanceof GuardFinding) {
        throw executionErrors.guardFired({
          ...place,
          operation: operationText,
          meaning: error.meaning,
          finding: error.finding,
        });
      }
      const databaseMessage = target.dialect.describeDatabaseError(error);
      throw executionErrors.statementFailed(
        { ...place, operation: operationText, sql: statement.sql, databaseMessage },
        error,
      );
    }
  }
  target.tracker.record(operation);
}

async function performQuery(
  sql: string,
  parameters: Parameters<Operations["query"]>[1],
  target: RevisionTarget,
  place: CallPlace,
): Promise<readonly Row[]> {
  if (!target.sink.query) throw executionErrors.noDatabaseToRead({ ...place, sql });
  refuseTransactionControl(sql, target, place);
  await target.onQuery?.();
  try {
    const rows = await target.sink.query(sql, parameters);
    // A statement that reads may also write (RETURNING, a function): what was known of the schema is no longer certain.
    target.tracker.forget();
    return rows;
  } catch (error) {
    if (error instanceof LimbeckError) throw error;
    const databaseMessage = target.dialect.describeDatabaseError(error);
    throw executionErrors.statementFailed({ ...place, operation: "read rows", sql, databaseMessage }, error);
  }
}

/** Adds the revision and the line to an error that knows neither: what an operation refuses, and what a driver does. */
async function placeErrors<Result>(place: CallPlace, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LimbeckError && !(error instanceof ExecutionError)) throw placeError(error, place);
    throw error;
  }
}

/** Runs the statements of a `.sql` revision as `op.execute` would. */
async function runStatements(
  { revision, direction }: RevisionFunction,
  statements: readonly RevisionStatement[],
  target: RevisionTarget,
): Promise<void> {
  for (const { sql, location } of statements) {
    const place = { revision, direction, location: formatLocation(location) };
    try {
      await performOperation({ kind: "execute", sql }, target, place);
    } catch (error) {
      // Refused before it was sent, so nothing has said yet where it stands.
      if (error instanceof ConnectionError) throw scriptErrors.sqlBroken({ location, message: error.title }, error);
      throw error;
    }
  }
}

async function runCode(
  revision: RevisionFunction,
  code: (op: Operations) => unknown,
  target: RevisionTarget,
): Promise<void> {
  const placeOfCall = (): CallPlace => {
    const call = new Error("call");
    return {
      revision: revision.revision,
      direction: revision.direction,
      // Only a failure asks for it: to find a line in a stack takes about as long as to run a statement.
      get location(): string {
        return findCallSite(call, revision.path);
      },
    };
  };
  let lastCall = "";
  const queue = createOperationQueue(() => executionErrors.lateOperation({ ...placeOfCall(), operation: lastCall }));
  const op = createOperations({
    dialect: target.dialect.name,
    convention: target.convention,
    readSchema: () => target.tracker.current(),
    foldTableNames: target.dialect.diffRules.foldTableNames,
    enqueue: (name, resolve) => {
      lastCall = `op.${name}`;
      const place = placeOfCall();
      return queue.push(() => placeErrors(place, async () => performOperation(await resolve(), target, place)));
    },
    enqueueQuery: (sql, parameters) => {
      lastCall = "op.query";
      const place = placeOfCall();
      return queue.push(() => placeErrors(place, () => performQuery(sql, parameters, target, place)));
    },
  });
  try {
    await code(op);
    await queue.drain();
  } catch (error) {
    // What was queued before the function threw must not go on running while the caller rolls back.
    await queue.drain().catch(() => undefined);
    if (error instanceof LimbeckError) throw error;
    const location = findCallSite(error, revision.path);
    const message = error instanceof Error ? error.message : String(error);
    throw executionErrors.revisionThrew(
      { revision: revision.revision, direction: revision.direction, location, message },
      error,
    );
  } finally {
    queue.close();
  }
}

/**
 * Runs one direction of a revision to its end, with everything it queued.
 *
 * @throws ExecutionError naming the line in the revision file; the caller rolls back
 */
export async function runRevisionFunction(revision: RevisionFunction, target: RevisionTarget): Promise<void> {
  const { run } = revision;
  await (typeof run === "function" ? runCode(revision, run, target) : runStatements(revision, run, target));
}

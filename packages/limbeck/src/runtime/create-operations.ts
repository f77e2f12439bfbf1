import { operationErrors } from "../kernel/errors/operation-errors.ts";
import type { BackfillRequest } from "./backfill/backfill-options.ts";
import type { Row } from "../dialect/connection.ts";
import type { Operation, SqlValue } from "../ops/operation.ts";
import { buildTable } from "../schema/builder/build-table.ts";
import type { NamingConvention } from "../schema/builder/naming-convention.ts";
import { check, foreignKey, index, primaryKey, unique } from "../schema/builder/table-items.ts";
import { OPERATION_ARGUMENTS } from "./argument-rules.ts";
import { checkArguments } from "./check-arguments.ts";
import { createDefinitionMethods, type DefinitionMethods } from "./create-definition-methods.ts";
import { createBatch, groupTableOperations, resolveRequests, type SchemaStart } from "./create-batch.ts";
import type { BatchOperations, BatchOptions, Operations } from "./operations.ts";
import { createSoftDeleteMethods, type SoftDeleteMethods } from "./soft-delete/create-soft-delete-methods.ts";
import { requireTable } from "./require-table.ts";
import {
  requestAddColumn,
  requestAddConstraint,
  requestAlterColumn,
  requestCreateIndex,
  requestDropColumn,
  requestDropConstraint,
  requestDropIndex,
  requestRenameColumn,
  requestTableComment,
  requestTableItem,
  requestTableOptions,
  type TableRequest,
} from "./table-requests.ts";

/** What stands behind `op`: how calls are queued, and what they may look up. */
export interface OperationsBackend extends SchemaStart {
  readonly dialect: string;
  readonly convention: NamingConvention;
  /** The schema of the engine that a name begins with, if it begins with one. */
  readonly namespaceOf: (name: string) => string | undefined;
  /** Queues an operation; `resolve` runs when its turn comes. */
  readonly enqueue: (name: string, resolve: () => Promise<Operation>) => Promise<void>;
  /** Queues a read. */
  readonly enqueueQuery: (sql: string, parameters: readonly SqlValue[]) => Promise<readonly Row[]>;
  /** Queues a backfill, outside of the transaction. */
  readonly backfill: (request: BackfillRequest) => Promise<void>;
  /** Whether Limbeck makes the calls of what it has read, where any text may stand, and nobody wrote them. Default false. */
  readonly isOwn?: boolean;
  /** Hears what a method is called with, right before that. */
  readonly onCall?: (args: readonly unknown[]) => void;
  /** Runs code whose operations are outside of the transaction. */
  readonly leaveTransaction: (code: () => Promise<void>) => Promise<void>;
}

/** Looks an object up by name, or throws what `missing` makes of the names there are. */
function findNamed<Named extends { readonly name: string }>(
  objects: readonly Named[],
  name: string,
  missing: (names: readonly string[]) => Error,
): Named {
  const found = objects.find((one) => one.name === name);
  if (!found) throw missing(objects.map((one) => one.name));
  return found;
}

type TableMethods =
  | "createTable"
  | "dropTable"
  | "renameTable"
  | "createTableComment"
  | "dropTableComment"
  | "setTableOptions"
  | "batchAlterTable";

type ObjectMethods = "createView" | "dropView" | "createTrigger" | "dropTrigger";

type DataMethods = "execute" | "query" | "bulkInsert" | "backfill" | "invoke";

type FrameMethods = "autocommit";

/** Queues one change of one table, filled in when its turn comes. */
function queueChange(backend: OperationsBackend) {
  return (name: string, table: string, request: TableRequest): Promise<void> =>
    backend.enqueue(name, async () => groupTableOperations(table, await resolveRequests(table, [request], backend)));
}

function createTableMethods(backend: OperationsBackend): Pick<Operations, TableMethods> {
  const { convention, enqueue, readSchema, foldTableNames, liveRules } = backend;
  const change = queueChange(backend);
  return {
    createTable: (name, columns, items = []) =>
      enqueue("createTable", async () => ({
        kind: "createTable",
        table: buildTable({ name, columns, items }, convention, liveRules),
      })),
    dropTable: (name) =>
      enqueue("dropTable", async () => ({
        kind: "dropTable",
        table: requireTable(await readSchema(), name, foldTableNames),
      })),
    renameTable: (from, to) => enqueue("renameTable", async () => ({ kind: "renameTable", from, to })),
    createTableComment: (table, comment) => change("createTableComment", table, requestTableComment(comment)),
    dropTableComment: (table) => change("dropTableComment", table, requestTableComment(null)),
    setTableOptions: (table, options) => change("setTableOptions", table, requestTableOptions(options)),
    batchAlterTable: (table, describe, options = {}) =>
      enqueueBatch(backend, { describe, options }, async (requests) =>
        groupTableOperations(table, await resolveRequests(table, requests, backend), options.recreate),
      ),
  };
}

/**
 * Collects the requests of a batch at once and queues what they become. Were the callback called in its turn, an `await op.x()` in it would wait
 * for a turn that comes after its own.
 */
function enqueueBatch(
  { convention: projectConvention, enqueue }: OperationsBackend,
  { describe, options }: { readonly describe: (batch: BatchOperations) => void; readonly options: BatchOptions },
  resolve: (requests: readonly TableRequest[]) => Promise<Operation>,
): Promise<void> {
  const convention = { ...projectConvention, ...options.namingConvention };
  const requests: TableRequest[] = [];
  let failure: { readonly error: unknown } | undefined;
  let isOpen = true;
  try {
    const batch = createBatch(convention, (method, request) => {
      if (isOpen) {
        requests.push(request);
        return;
      }
      // Fails the revision, whatever becomes of the promise: nobody looks at what a method of a batch returns.
      const late = operationErrors.lateBatch({ method: `batch.${method}` });
      enqueue("batchAlterTable", () => Promise.reject(late)).catch(() => undefined);
    });
    // Typed to return nothing, but a function that returns a promise is taken for one that does not.
    const returned: unknown = describe(batch);
    if (returned instanceof Promise) {
      returned.catch(() => undefined);
      failure = { error: operationErrors.asyncBatch({}) };
    }
    requests.push(...(options.tableArguments ?? []).map((item) => requestTableItem(item, convention)));
  } catch (error) {
    failure = { error };
  }
  isOpen = false;
  return enqueue("batchAlterTable", async () => {
    if (failure) throw failure.error;
    return resolve(requests);
  });
}

function createChangeMethods(
  backend: OperationsBackend,
): Omit<
  Operations,
  TableMethods | ObjectMethods | DefinitionMethods | SoftDeleteMethods | DataMethods | FrameMethods | "dialect"
> {
  const { convention, enqueue } = backend;
  const change = queueChange(backend);
  return {
    addColumn: (table, name, column, options = {}) =>
      change("addColumn", table, requestAddColumn(name, column, options, convention)),
    dropColumn: (table, name) => change("dropColumn", table, requestDropColumn(name)),
    renameColumn: (table, from, to) => change("renameColumn", table, requestRenameColumn(from, to)),
    alterColumn: (table, name, changes) => change("alterColumn", table, requestAlterColumn(name, changes)),
    createPrimaryKey: (name, table, columns, options) =>
      change("createPrimaryKey", table, requestAddConstraint(primaryKey(columns, options), name, convention)),
    createUniqueConstraint: (name, table, columns, options) =>
      change("createUniqueConstraint", table, requestAddConstraint(unique(columns, options), name, convention)),
    createCheckConstraint: (name, table, condition, options) =>
      change("createCheckConstraint", table, requestAddConstraint(check(condition, options), name, convention)),
    createForeignKey: (name, sourceTable, referentTable, localColumns, remoteColumns, options) => {
      const constraint = foreignKey(localColumns, { table: referentTable, columns: remoteColumns }, options);
      return change("createForeignKey", sourceTable, requestAddConstraint(constraint, name, convention));
    },
    dropConstraint: (constraint, table, options = {}) =>
      change("dropConstraint", table, requestDropConstraint(constraint, options.type, convention)),
    createIndex: (name, table, terms, options) => {
      const described = index(terms, options).index;
      return change(
        "createIndex",
        table,
        requestCreateIndex(name === null ? described : { ...described, name }, convention),
      );
    },
    dropIndex: (name, table) => change("dropIndex", table, requestDropIndex(name)),
    renameIndex: (table, from, to) => enqueue("renameIndex", async () => ({ kind: "renameIndex", table, from, to })),
  };
}

function createObjectMethods({ enqueue, readSchema }: OperationsBackend): Pick<Operations, ObjectMethods> {
  return {
    createView: (name, definition, { keepAttached = false, ...options } = {}) =>
      enqueue("createView", async () => ({
        kind: "createView",
        view: { name, definition, ...options },
        ...(keepAttached && { keepAttached }),
      })),
    dropView: (name) =>
      enqueue("dropView", async () => {
        const { views } = await readSchema();
        return {
          kind: "dropView",
          view: findNamed(views, name, (names) => operationErrors.viewNotFound({ view: name, views: names })),
        };
      }),
    createTrigger: (name, table, definition) =>
      enqueue("createTrigger", async () => ({ kind: "createTrigger", trigger: { name, table, definition } })),
    dropTrigger: (name, table) =>
      enqueue("dropTrigger", async () => {
        const { triggers } = await readSchema();
        const own = triggers.filter((trigger) => table === undefined || trigger.table === table);
        const tables = own.filter((trigger) => trigger.name === name).map((trigger) => trigger.table);
        if (tables.length > 1) throw operationErrors.triggerAmbiguous({ trigger: name, tables });
        const missing = (names: readonly string[]): Error =>
          operationErrors.triggerNotFound({ trigger: name, triggers: names });
        return { kind: "dropTrigger", trigger: findNamed(own, name, missing) };
      }),
  };
}

function createDataMethods({ enqueue, enqueueQuery, backfill }: OperationsBackend): Pick<Operations, DataMethods> {
  return {
    execute: (sql, options = {}) => enqueue("execute", async () => ({ kind: "execute", sql, ...options })),
    query: (sql, parameters = []) => enqueueQuery(sql, parameters),
    bulkInsert: (table, rows) => enqueue("bulkInsert", async () => ({ kind: "bulkInsert", table, rows })),
    backfill: (table, options) => backfill({ ...options, table }),
    invoke: (operation) => enqueue("invoke", async () => operation),
  };
}

/** Builds the `op` that one run of one revision works with. */
export function createOperations(backend: OperationsBackend): Operations {
  const operations: Operations = {
    dialect: backend.dialect,
    ...createTableMethods(backend),
    ...createChangeMethods(backend),
    ...createObjectMethods(backend),
    ...createDefinitionMethods(backend),
    ...createSoftDeleteMethods(backend),
    ...createDataMethods(backend),
    autocommit: (code) => backend.leaveTransaction(() => code(checked)),
  };
  const checked = checkArguments(operations, OPERATION_ARGUMENTS, "op", {
    // In its turn, like every other failure: what was called before has run, and the promise says so instead of the call.
    refuse: (method, error) => backend.enqueue(method, () => Promise.reject(error)),
    ...(backend.onCall && { onCall: backend.onCall }),
    ...(backend.isOwn === true && { isOwn: true }),
  });
  return checked;
}

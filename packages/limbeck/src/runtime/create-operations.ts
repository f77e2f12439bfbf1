import { operationErrors } from "../kernel/errors/operation-errors.ts";
import type { Row } from "../dialect/connection.ts";
import type { Operation, SqlValue } from "../ops/operation.ts";
import { buildTable } from "../schema/builder/build-table.ts";
import type { NamingConvention } from "../schema/builder/naming-convention.ts";
import { check, foreignKey, index, primaryKey, unique } from "../schema/builder/table-items.ts";
import type { Schema } from "../schema/model/schema.ts";
import { createBatch, groupTableOperations, resolveRequests } from "./create-batch.ts";
import type { Operations } from "./operations.ts";
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
  requestTableOptions,
  type TableRequest,
} from "./table-requests.ts";

/** What stands behind `op`: how calls are queued, and what they may look up. */
export interface OperationsBackend {
  readonly dialect: string;
  readonly convention: NamingConvention;
  /** Queues an operation; `resolve` runs when its turn comes. */
  readonly enqueue: (name: string, resolve: () => Promise<Operation>) => Promise<void>;
  /** Queues a read. */
  readonly enqueueQuery: (sql: string, parameters: readonly SqlValue[]) => Promise<readonly Row[]>;
  /** The schema at the time of the call's turn. */
  readonly readSchema: () => Promise<Schema>;
}

/** Builds the `op` that one run of one revision works with. */
export function createOperations(backend: OperationsBackend): Operations {
  const { convention, enqueue, readSchema } = backend;
  const queue = (name: string, operation: Operation): Promise<void> => enqueue(name, async () => operation);
  const change = (name: string, table: string, request: TableRequest): Promise<void> =>
    enqueue(name, async () => groupTableOperations(table, await resolveRequests(table, [request], readSchema)));

  return {
    dialect: backend.dialect,
    createTable: (name, columns, items = []) =>
      queue("createTable", { kind: "createTable", table: buildTable({ name, columns, items }, convention) }),
    dropTable: (name) =>
      enqueue("dropTable", async () => ({ kind: "dropTable", table: requireTable(await readSchema(), name) })),
    renameTable: (from, to) => queue("renameTable", { kind: "renameTable", from, to }),
    createTableComment: (table, comment) => change("createTableComment", table, requestTableComment(comment)),
    dropTableComment: (table) => change("dropTableComment", table, requestTableComment(null)),
    setTableOptions: (table, options) => change("setTableOptions", table, requestTableOptions(options)),

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
      change("dropConstraint", table, requestDropConstraint(constraint, options.type)),

    createIndex: (name, table, terms, options) => {
      const described = index(terms, options).index;
      return change("createIndex", table, requestCreateIndex(name === null ? described : { ...described, name }, convention));
    },
    dropIndex: (name, table) => change("dropIndex", table, requestDropIndex(name)),
    renameIndex: (table, from, to) => queue("renameIndex", { kind: "renameIndex", table, from, to }),

    createView: (name, definition, options = {}) =>
      queue("createView", { kind: "createView", view: { name, definition, ...options } }),
    dropView: (name) =>
      enqueue("dropView", async () => {
        const { views } = await readSchema();
        const view = views.find((one) => one.name === name);
        if (!view) throw operationErrors.viewNotFound({ view: name, views: views.map((one) => one.name) });
        return { kind: "dropView", view };
      }),
    createTrigger: (name, table, definition) =>
      queue("createTrigger", { kind: "createTrigger", trigger: { name, table, definition } }),
    dropTrigger: (name) =>
      enqueue("dropTrigger", async () => {
        const { triggers } = await readSchema();
        const trigger = triggers.find((one) => one.name === name);
        if (!trigger) throw operationErrors.triggerNotFound({ trigger: name, triggers: triggers.map((one) => one.name) });
        return { kind: "dropTrigger", trigger };
      }),

    batchAlterTable: (table, describe, options = {}) => {
      const requests: TableRequest[] = [];
      return enqueue("batchAlterTable", async () => {
        await describe(createBatch(convention, (request) => requests.push(request)));
        return groupTableOperations(table, await resolveRequests(table, requests, readSchema), options.recreate);
      });
    },

    execute: (sql, options = {}) => queue("execute", { kind: "execute", sql, ...options }),
    query: (sql, parameters = []) => backend.enqueueQuery(sql, parameters),
    bulkInsert: (table, rows) => queue("bulkInsert", { kind: "bulkInsert", table, rows }),
    invoke: (operation) => queue("invoke", operation),
  };
}

import { applyOperation } from "../ops/apply/apply-operation.ts";
import type { Operation, OperationMap, TableOperation } from "../ops/operation.ts";
import type { LiveRules } from "../schema/builder/live-parts.ts";
import type { NamingConvention } from "../schema/builder/naming-convention.ts";
import { check, foreignKey, index, primaryKey, unique } from "../schema/builder/table-items.ts";
import type { Constraint } from "../schema/model/constraint.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { Table } from "../schema/model/table.ts";
import { BATCH_ARGUMENTS } from "./argument-rules.ts";
import { checkArguments } from "./check-arguments.ts";
import type { BatchOperations } from "./operations.ts";
import { requireTable } from "./require-table.ts";
import { spellTables } from "./spell-tables.ts";
import {
  requestAddColumn,
  requestAddConstraint,
  requestAlterColumn,
  requestCreateIndex,
  requestDropColumn,
  requestDropConstraint,
  requestDropIndex,
  requestOperation,
  requestRenameColumn,
  requestTableComment,
  requestTableOptions,
  type TableRequest,
} from "./table-requests.ts";

/** Takes what a method of a batch asks for. */
export type CollectRequest = (method: keyof BatchOperations, request: TableRequest) => void;

/** The change methods that `op.batchAlterTable` gives to its callback; each hands its request to `collect`. */
export function createBatch(convention: NamingConvention, collect: CollectRequest): BatchOperations {
  const add = (method: keyof BatchOperations, constraint: Constraint, name: string | null): void =>
    collect(method, requestAddConstraint(constraint, name, convention));
  const batch: BatchOperations = {
    addColumn: (name, column, options = {}) =>
      collect("addColumn", requestAddColumn(name, column, options, convention)),
    dropColumn: (name) => collect("dropColumn", requestDropColumn(name)),
    renameColumn: (from, to) => collect("renameColumn", requestRenameColumn(from, to)),
    alterColumn: (name, changes) => collect("alterColumn", requestAlterColumn(name, changes)),
    createPrimaryKey: (name, columns, options) => add("createPrimaryKey", primaryKey(columns, options), name),
    createUniqueConstraint: (name, columns, options) => add("createUniqueConstraint", unique(columns, options), name),
    createCheckConstraint: (name, condition, options) => add("createCheckConstraint", check(condition, options), name),
    createForeignKey: (name, referentTable, localColumns, remoteColumns, options) => {
      const target = { table: referentTable, columns: remoteColumns };
      add("createForeignKey", foreignKey(localColumns, target, options), name);
    },
    dropConstraint: (constraint, options = {}) =>
      collect("dropConstraint", requestDropConstraint(constraint, options.type, convention)),
    createIndex: (name, terms, options) => {
      const described = index(terms, options).index;
      const named = name === null ? described : { ...described, name };
      collect("createIndex", requestCreateIndex(named, convention));
    },
    dropIndex: (name) => collect("dropIndex", requestDropIndex(name)),
    createTableComment: (comment) => collect("createTableComment", requestTableComment(comment)),
    dropTableComment: () => collect("dropTableComment", requestTableComment(null)),
    setTableOptions: (options) => collect("setTableOptions", requestTableOptions(options)),
    invoke: (operation) => collect("invoke", requestOperation(operation)),
  };
  return checkArguments(batch, BATCH_ARGUMENTS, "batch", {
    refuse: (_method, error) => {
      throw error;
    },
  });
}

/** What requests start from. */
export interface SchemaStart {
  readonly readSchema: () => Promise<Schema>;
  /** Whether the engine takes `Todos` and `todos` for one table. */
  readonly foldTableNames: boolean;
  /** What the engine makes of rules for live rows. */
  readonly liveRules: LiveRules;
  /** Whether a unique constraint is a unique index to the engine. Default false. */
  readonly uniqueIsIndex?: boolean;
}

/**
 * Fills in requests one after the other, each meeting the table that those before it leave.
 *
 * @param start how the schema before the first of them is read, and whether the engine folds the names of tables
 */
export async function resolveRequests(
  table: string,
  requests: readonly TableRequest[],
  { readSchema, foldTableNames, liveRules, uniqueIsIndex = false }: SchemaStart,
): Promise<readonly TableOperation[]> {
  const resolved: TableOperation[] = [];
  let applied = 0;
  let schema: Schema | undefined;
  const read = async (): Promise<Table> => {
    const start = schema ?? (await readSchema());
    const spell = (operation: TableOperation): Operation =>
      foldTableNames ? spellTables(operation, start) : operation;
    schema = resolved
      .slice(applied)
      .reduce<Schema>((state, operation) => applyOperation(spell(operation), state), start);
    applied = resolved.length;
    return requireTable(schema, table, foldTableNames);
  };
  for (const request of requests) resolved.push(...(await request(table, read, { uniqueIsIndex, liveRules })));
  return resolved;
}

/** One operation for a list of changes: the change itself, or a group. */
export function groupTableOperations(
  table: string,
  operations: readonly TableOperation[],
  recreate?: "auto" | "always" | "never",
): TableOperation | OperationMap["alterTable"] {
  const [only] = operations;
  if (only && operations.length === 1 && recreate === undefined) return only;
  return { kind: "alterTable", table, operations, ...(recreate && { recreate }) };
}

import type { Operation, OperationMap, TableOperation } from "../../ops/operation.ts";
import { nameParkedTable } from "../../ops/soft-delete/parked-table.ts";
import { SOFT_DELETE_COLUMN } from "../../schema/builder/soft-delete.ts";
import type { Table } from "../../schema/model/table.ts";
import type { NamingConvention } from "../../schema/builder/naming-convention.ts";
import { resolveRequests, type SchemaStart } from "../create-batch.ts";
import type { Operations } from "../operations.ts";
import { requireTable } from "../require-table.ts";
import type { TableRequest } from "../table-requests.ts";
import { listDisableRequests, listEnableRequests } from "./list-requests.ts";

/** Methods on tables whose rows are deleted by saying so. */
export type SoftDeleteMethods = "enableSoftDelete" | "disableSoftDelete";

interface Backend extends SchemaStart {
  readonly convention: NamingConvention;
  /** The schema of the engine that a name begins with, if it begins with one. */
  readonly namespaceOf: (name: string) => string | undefined;
  readonly enqueue: (name: string, resolve: () => Promise<Operation>) => Promise<void>;
}

/** The methods of `op` that make a table delete softly, and no longer. */
export function createSoftDeleteMethods(backend: Backend): Pick<Operations, SoftDeleteMethods> {
  const { convention, enqueue, readSchema, foldTableNames, liveRules: rules, namespaceOf } = backend;
  const resolve = async (
    name: string,
    list: (found: Table) => readonly TableRequest[],
  ): Promise<{ readonly table: string; readonly operations: readonly TableOperation[]; readonly parkedIn: string }> => {
    const found = requireTable(await readSchema(), name, foldTableNames);
    const table = found.name;
    const operations = await resolveRequests(table, list(found), backend);
    return { table, operations, parkedIn: nameParkedTable(table, namespaceOf(table)) };
  };
  return {
    enableSoftDelete: (name, options = {}) =>
      enqueue("enableSoftDelete", async (): Promise<OperationMap["enableSoftDelete"]> => {
        const { column = SOFT_DELETE_COLUMN } = options;
        const change = await resolve(name, (found) => listEnableRequests(found, options, { convention, rules }));
        return { kind: "enableSoftDelete", column, ...change };
      }),
    disableSoftDelete: (name, options = {}) =>
      enqueue("disableSoftDelete", async (): Promise<OperationMap["disableSoftDelete"]> => {
        const { column = SOFT_DELETE_COLUMN } = options;
        const change = await resolve(name, (found) => listDisableRequests(found, options, { convention }));
        return { kind: "disableSoftDelete", column, ...change };
      }),
  };
}

import { operationErrors } from "../kernel/errors/operation-errors.ts";
import type { Operation } from "../ops/operation.ts";
import type { VersionStore } from "./version-store.ts";

/** The names of tables that an operation says it works on. */
function listTables(operation: Operation): readonly string[] {
  if (operation.kind === "renameTable") return [operation.from, operation.to];
  if (!("table" in operation)) return [];
  return [typeof operation.table === "string" ? operation.table : operation.table.name];
}

/**
 * The version table is moved by the run itself: a revision that changes it takes away what it is recorded in.
 *
 * @throws OperationError (versionTable)
 */
export function refuseVersionTable(operation: Operation, versions: VersionStore): void {
  const table = listTables(operation).find((name) => versions.isOwnTable(name));
  if (table !== undefined) throw operationErrors.versionTable({ table });
}

import type { Operation } from "../../ops/operation.ts";
import { nameParkedTable } from "../../ops/soft-delete/parked-table.ts";
import { findTable } from "../../schema/model/schema.ts";
import type { RevisionTarget } from "../revision-target.ts";

/**
 * What becomes of the parked rows of a table that gets another name, or is dropped: they go with it.
 *
 * @returns the operation on the table that holds them; undefined where there is none
 */
export async function followParked(
  operation: Operation,
  { tracker, dialect }: Pick<RevisionTarget, "tracker" | "dialect">,
): Promise<Operation | undefined> {
  if (operation.kind !== "dropTable" && operation.kind !== "renameTable") return undefined;
  const { namespaceOf } = dialect.diffRules;
  const parkedOf = (name: string): string => nameParkedTable(name, namespaceOf(name));
  const name = operation.kind === "dropTable" ? operation.table.name : operation.from;
  const parked = findTable(await tracker.current(), parkedOf(name));
  if (!parked) return undefined;
  if (operation.kind === "dropTable") return { kind: "dropTable", table: parked };
  return { kind: "renameTable", from: parked.name, to: parkedOf(operation.to) };
}

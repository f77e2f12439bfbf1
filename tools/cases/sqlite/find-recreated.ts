import type { Operation } from "../../../packages/limbeck/src/ops/operation.ts";
import type { Census } from "./census.ts";
import type { Counterparts } from "./counterparts.ts";

/** Tables and columns that are dropped, or created, although they only change: their rows would be gone. */
export function findRecreated(
  operations: readonly Operation[],
  start: Census,
  counterparts: Counterparts,
): readonly string[] {
  const kept = Object.entries(start.tables).flatMap(([name, { columns }]) => {
    const table = counterparts.findTable(name);
    return table ? [{ name, columns, table }] : [];
  });
  const findKept = (name: string) => kept.find((one) => [one.name, one.table.name].includes(name.toLowerCase()));
  return operations.flatMap((operation): readonly string[] => {
    if (operation.kind === "alterTable") return findRecreated(operation.operations, start, counterparts);
    if (operation.kind === "dropTable" || operation.kind === "createTable") {
      return findKept(operation.table.name) ? [`${operation.kind} ${operation.table.name}`] : [];
    }
    if (operation.kind !== "dropColumn" && operation.kind !== "addColumn") return [];
    const { kind, column } = operation;
    const found = findKept(operation.table);
    const isKept = found?.columns.some(({ name }) => {
      const later = counterparts.findColumn(found.name, name);
      return later && [name, later.name].includes(column.name.toLowerCase());
    });
    return isKept ? [`${kind} ${operation.table}.${column.name}`] : [];
  });
}

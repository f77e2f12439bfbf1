import { describeNarrowing } from "../../../packages/limbeck/src/dialects/sqlite/describe-narrowing.ts";
import { findDataLoss } from "../../../packages/limbeck/src/ops/describe/find-data-loss.ts";
import type { Operation } from "../../../packages/limbeck/src/ops/operation.ts";
import type { IsAnnounced } from "./find-lost-rows.ts";

const fold = (name: string): string => name.toLowerCase();

/** Whether the tool says that a change of a column's type loses how its values were, before anything is written. */
export function findAnnounced(operations: readonly Operation[]): IsAnnounced {
  const changes = operations
    .flatMap((operation): readonly Operation[] =>
      operation.kind === "alterTable" ? operation.operations : [operation],
    )
    .filter((operation) => operation.kind === "alterColumn")
    .filter((operation) => findDataLoss(operation, { describeNarrowing }) !== undefined);
  return ({ tables, from, to }) =>
    changes.some(
      ({ table, from: before, to: after }) =>
        tables.includes(fold(table)) &&
        [from.name, to.name].includes(fold(before.name)) &&
        [from.name, to.name].includes(fold(after.name)),
    );
}

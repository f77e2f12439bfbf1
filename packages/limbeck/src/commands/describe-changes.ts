import { describeOperation } from "../ops/describe/describe-operation.ts";
import { findDataLoss } from "../ops/describe/find-data-loss.ts";
import type { LossRules } from "../ops/describe/loss-rules.ts";
import { operationSign } from "../ops/describe/operation-sign.ts";
import type { Operation, OperationKind } from "../ops/operation.ts";

/** One change, for people and for programs. */
export interface ChangeDescription {
  readonly kind: OperationKind;
  readonly sign: "+" | "-" | "~";
  /** One line, for example `add column deleted_at to todos`. */
  readonly text: string;
  /** What it destroys, in words; absent when nothing. */
  readonly dataLoss?: string;
}

/** Describes operations, with the changes of a group one by one, and what they destroy on an engine. */
export function describeChanges(operations: readonly Operation[], rules: LossRules): readonly ChangeDescription[] {
  // One that is dropped and comes again has been emptied before, and is filled again.
  const created = new Set(operations.flatMap((one) => (one.kind === "createTable" ? one.table.name : [])));
  return operations
    .flatMap((operation): readonly Operation[] =>
      operation.kind === "alterTable" ? operation.operations : [operation],
    )
    .map((operation) => {
      const isCarried = operation.kind === "dropTable" && created.has(operation.table.name);
      const dataLoss = isCarried ? undefined : findDataLoss(operation, rules);
      return {
        kind: operation.kind,
        sign: operationSign(operation),
        text: describeOperation(operation),
        ...(dataLoss !== undefined && { dataLoss }),
      };
    });
}

/** What operations destroy, a sentence for each. */
export function describeLosses(
  operations: readonly Operation[],
  direction: "upgrade" | "downgrade",
  rules: LossRules,
): readonly string[] {
  return describeChanges(operations, rules).flatMap(({ dataLoss }) =>
    dataLoss === undefined ? [] : [`The ${direction} destroys ${dataLoss}.`],
  );
}

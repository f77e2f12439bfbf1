import type { Operation } from "../../ops/operation.ts";

/** Where deleted rows go, a sentence for each operation that moves some. */
export function describeParking(
  operations: readonly Operation[],
  direction: "upgrade" | "downgrade",
): readonly string[] {
  return operations.flatMap((one) =>
    one.kind === "disableSoftDelete"
      ? [
          `The ${direction} moves deleted rows of ${one.table} to ${one.parkedIn}; enabling soft delete again brings them back.`,
        ]
      : [],
  );
}

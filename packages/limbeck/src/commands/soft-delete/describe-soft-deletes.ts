import type { Operation } from "../../ops/operation.ts";
import type { Comparison } from "../compare.ts";
import type { Environment } from "../environment.ts";
import type { Side } from "../sides/side.ts";
import { findRevived } from "./find-revived.ts";
import { findTraps } from "./find-traps.ts";

/** What a revision does, both ways, and what it starts from. */
interface Generated {
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
  readonly from?: Side | undefined;
}

/** Where deleted rows go, a sentence for each operation that moves some. */
function describeParking(operations: readonly Operation[], direction: "upgrade" | "downgrade"): readonly string[] {
  return operations.flatMap((one) =>
    one.kind === "disableSoftDelete"
      ? [
          `The ${direction} moves deleted rows of ${one.table} to ${one.parkedIn}; enabling soft delete again brings them back.`,
        ]
      : [],
  );
}

/** What whoever reads a revision should know of deleted rows: those that come back to life, traps, and where they are parked. */
export async function describeSoftDeletes(
  environment: Environment,
  { current, target, softDeletes }: Comparison,
  { upgrade, downgrade, from }: Generated,
): Promise<readonly string[]> {
  return [
    ...(await findRevived(environment, upgrade, { current, from })),
    ...findTraps(upgrade, target, { softDeletes, dialect: environment.dialect }),
    ...describeParking(upgrade, "upgrade"),
    ...describeParking(downgrade, "downgrade"),
  ];
}

import { knowTypes } from "../ops/describe/know-types.ts";
import type { Operation } from "../ops/operation.ts";
import { compareSides } from "./compare.ts";
import { describeChanges, type ChangeDescription } from "./describe-changes.ts";
import type { Environment } from "./environment.ts";
import type { ReadSide } from "./sides/read-side.ts";

/** What leads from one side to another. */
export interface Way {
  readonly operations: readonly Operation[];
  readonly describe: (operations: readonly Operation[]) => readonly ChangeDescription[];
}

/** Views and the like that somebody has made beside the revisions are left alone here as everywhere. */
export const leaveOthersAlone = (side: ReadSide): ReadSide => ({ ...side, isComplete: false });

/** Compares two sides without asking anybody: whether a difference is a rename does not matter to a verdict. */
export async function compareUnasked(environment: Environment, found: ReadSide, wanted: ReadSide): Promise<Way> {
  const { operations, current, target } = await compareSides(environment, { found, wanted }, { noRename: true });
  const rules = knowTypes(environment.dialect, current, target);
  return { operations, describe: (some) => describeChanges(some, rules) };
}

/** The same, as people read it. */
export async function findChanges(
  environment: Environment,
  found: ReadSide,
  wanted: ReadSide,
): Promise<readonly ChangeDescription[]> {
  const { operations, describe } = await compareUnasked(environment, found, wanted);
  return describe(operations);
}

import { describeOperation } from "../../ops/describe/describe-operation.ts";
import type { Operation } from "../../ops/operation.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { DiffRules } from "../diff-rules.ts";
import { diffNamed } from "../diff-named.ts";
import type { UnnamedObjects } from "../find-unnamed.ts";
import type { Renames } from "../renames/rename.ts";
import type { DoubtfulRules } from "./doubtful-rules.ts";

/** The changes of a table one by one. */
const listSingles = (operations: readonly Operation[]): readonly string[] =>
  operations
    .flatMap((operation): readonly Operation[] =>
      operation.kind === "alterTable" ? operation.operations : [operation],
    )
    .map(describeOperation);

/**
 * What may differ between two schemas, or may only be spelled in two ways, which nobody but an engine can tell.
 *
 * @returns a line for each change that would be needed if it did
 */
export function findUnclear(
  current: Schema,
  target: Schema,
  { lenient, strict }: DoubtfulRules,
  answers: { readonly renames: Renames; readonly unnamed: UnnamedObjects },
): readonly string[] {
  const list = (rules: DiffRules): readonly string[] =>
    listSingles(diffNamed(current, target, rules, answers).operations);
  const known = new Set(list(lenient));
  const suspected = list(strict);
  return [...new Set(suspected)].filter((change) => !known.has(change));
}

import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";
import { adoptSpelling } from "./adopt-spelling.ts";
import { diffDefinitions } from "./diff-definitions.ts";
import { diffEnums } from "./diff-enums.ts";
import { releaseCalls } from "./release-calls.ts";
import type { DiffRules } from "./diff-rules.ts";
import { diffSequences } from "./diff-sequences.ts";
import { diffTables } from "./diff-tables.ts";
import { createDisturbance } from "./disturbance.ts";
import { orderOperations } from "./order/order-operations.ts";
import { applyRenames } from "./renames/apply-renames.ts";
import type { Renames } from "./renames/rename.ts";
import { renameValues } from "./renames/enum-values.ts";
import { settleRenames } from "./renames/settle-renames.ts";

/**
 * The operations that turn one schema into another, in an order in which they can be carried out; none when the two
 * are one under the rules. The same two schemas always give the same operations.
 *
 * The changes of one table stand together in an `alterTable` when there are several. What changed is altered, never
 * dropped and created, except indexes, constraints, views and triggers, which hold no data.
 *
 * @param current what there is
 * @param target what there is to be
 * @param rules what the engine and the project know about sameness
 * @param renames what only has another name; default none: then what has another name is dropped and created
 * @throws DiffError (renameUnknown, renameConflict) when a rename does not fit the schemas
 * @example
 * diffSchema(EMPTY_SCHEMA, schema, DEFAULT_DIFF_RULES); // creates everything
 */
export function diffSchema(
  current: Schema,
  target: Schema,
  rules: DiffRules,
  renames: Renames = [],
): readonly Operation[] {
  const settled = settleRenames(renames, current, target, rules);
  const spell = (schema: Schema): Schema => adoptSpelling(target, schema, rules);
  const { operations, withTables: original, withAll } = applyRenames(settled, current, spell, rules);
  const wanted = spell(withAll);
  const { schema: renamed } = renameValues(settled.values, current, rules);
  const { operations: tables, renewed, places } = diffTables({ original, current: withAll, target: wanted }, rules);
  const define = (changes: readonly Operation[]): readonly Operation[] =>
    diffDefinitions(
      { current, renamed },
      wanted,
      createDisturbance(settled, { changes, current: withAll }, rules),
      rules,
    );
  const released = releaseCalls(define(tables), tables, { original, current: withAll, target: wanted }, rules);
  const types = [...diffEnums(withAll, wanted), ...diffSequences(withAll, wanted, renewed)];
  return orderOperations([...operations, ...define(released), ...types, ...released], {
    current,
    original,
    target: wanted,
    rules,
    places,
  });
}

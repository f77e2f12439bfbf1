import type { Operation } from "../ops/operation.ts";
import type { Trigger } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";
import { matchNames } from "./match-names.ts";

/** What the comparison of triggers has to know besides the triggers. */
export interface TriggerContext {
  readonly rules: DiffRules;
  /** The new name of a table that is renamed, any other name as it is. */
  readonly renamedTable: (name: string) => string;
  /** The views that are dropped, or made anew: their triggers go with them. */
  readonly droppedViews: ReadonlySet<string>;
}

/** What turns some triggers into others, in no order; a trigger that changed is made anew, as is one whose view is. */
export function diffTriggers(
  current: readonly Trigger[],
  target: readonly Trigger[],
  { rules, renamedTable, droppedViews }: TriggerContext,
): readonly Operation[] {
  const { removed, added, common } = matchNames(current, target);
  const isSameTable = (from: string, to: string): boolean =>
    from === to || (rules.foldTableNames && from.toLowerCase() === to.toLowerCase());
  const changed = common.filter(
    ([from, to]) =>
      droppedViews.has(from.table) ||
      !isSameTable(renamedTable(from.table), to.table) ||
      !rules.sameExpression(from.definition, to.definition),
  );
  return [
    ...[...removed, ...changed.map(([from]) => from)].map((trigger): Operation => ({ kind: "dropTrigger", trigger })),
    ...[...added, ...changed.map(([, to]) => to)].map((trigger): Operation => ({ kind: "createTrigger", trigger })),
  ];
}

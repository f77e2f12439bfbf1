import { foldName } from "../kernel/fold-name.ts";
import type { Operation } from "../ops/operation.ts";
import { withoutOrder, type DefinedObject } from "../schema/model/defined-object.ts";
import type { Schema, Trigger, View } from "../schema/model/schema.ts";
import type { DiffRules } from "./diff-rules.ts";
import { isDisturbed, type Disturbance } from "./disturbance.ts";
import { matchNames } from "./match-names.ts";
import { isSameOptions } from "./same-column.ts";
import { isSameStructure } from "./same-structure.ts";

/** A view, a trigger or an object: something that is made anew when it, or what its text speaks of, changes. */
interface Definition {
  /** What tells it from all others. */
  readonly name: string;
  /** What others call it in their texts; undefined where none can. */
  readonly calledName: string | undefined;
  /** Where it names what it holds on to. */
  readonly text: string;
  readonly drop: Operation;
  readonly create: Operation;
  readonly object?: DefinedObject;
  /** The name of what it says it comes right after. */
  readonly followed?: string;
  readonly isSame: (other: Definition) => boolean;
}

/** What there is, and what becomes of it once values of enums have other names, which the engine writes into all that holds on to them. */
export interface CurrentDefinitions {
  readonly current: Schema;
  /** The same things in the same order. */
  readonly renamed: Schema;
}

function defineView(view: View, rules: DiffRules): Definition {
  const create = { kind: "createView", view } as const;
  return {
    name: JSON.stringify(["view", view.name]),
    calledName: view.name,
    text: view.definition,
    drop: { kind: "dropView", view },
    create,
    isSame: ({ create: other }) =>
      other.kind === "createView" &&
      isSameStructure(view.columns, other.view.columns) &&
      isSameOptions(view.options, other.view.options, rules) &&
      rules.sameExpression(view.definition, other.view.definition),
  };
}

function defineTrigger(trigger: Trigger, rules: DiffRules): Definition {
  // On some engines each table has trigger names of its own.
  const table = rules.foldTableNames ? foldName(trigger.table) : trigger.table;
  const nameOf = (name: string): string => JSON.stringify(["trigger", name, table]);
  const followed = rules.findFollowed(trigger);
  return {
    name: nameOf(trigger.name),
    ...(followed !== undefined && { followed: nameOf(followed) }),
    calledName: undefined,
    text: trigger.definition,
    drop: { kind: "dropTrigger", trigger },
    create: { kind: "createTrigger", trigger },
    isSame: ({ create: other }) =>
      other.kind === "createTrigger" && rules.sameExpression(trigger.definition, other.trigger.definition),
  };
}

function defineObject(object: DefinedObject, rules: DiffRules): Definition {
  return {
    name: JSON.stringify([object.kind, object.name]),
    calledName: rules.findCalledName(object),
    text: rules.findHoldingText(object),
    object,
    drop: { kind: "dropObject", object },
    create: { kind: "createObject", object },
    isSame: ({ object: other }) =>
      other !== undefined &&
      isSameStructure({ ...withoutOrder(object), definition: "" }, { ...withoutOrder(other), definition: "" }) &&
      rules.sameExpression(rules.findComparedText(object), rules.findComparedText(other)),
  };
}

function listDefinitions({ views, triggers, objects }: Schema, rules: DiffRules): readonly Definition[] {
  return [
    ...triggers.map((trigger) => defineTrigger(trigger, rules)),
    ...views.map((view) => defineView(view, rules)),
    ...objects.map((object) => defineObject(object, rules)),
  ];
}

/** What there is, what it is to be, and what there is after all renames. */
type Pair = readonly [from: Definition, to: Definition, renamed: Definition];

const isChanged = ([, to, renamed]: Pair): boolean => !renamed.isSame(to);

/** Those that get another text while what depends on them stays. */
function findReplaced(pairs: readonly Pair[], rules: DiffRules): readonly Pair[] {
  return pairs.filter((pair) => {
    const [, to, renamed] = pair;
    return isChanged(pair) && renamed.object && to.object && rules.canReplace(renamed.object, to.object);
  });
}

/** Those that have to be made anew, be it because another one is. */
function findRenewed(pairs: readonly Pair[], disturbance: Disturbance): ReadonlySet<Definition> {
  const renewed = new Set(pairs.filter(isChanged).map(([from]) => from));
  for (let size = -1; size !== renewed.size;) {
    size = renewed.size;
    const names = [...renewed].flatMap(({ calledName }) => calledName ?? []);
    const spread = { ...disturbance, relations: [...disturbance.relations, ...names] };
    const own = new Set([...renewed].map(({ name }) => name));
    // What is made anew comes last, behind those that followed it.
    const isMoved = ({ text, followed = "" }: Definition): boolean => own.has(followed) || isDisturbed(text, spread);
    for (const [from] of pairs) if (!renewed.has(from) && isMoved(from)) renewed.add(from);
  }
  return renewed;
}

/** Those that are replaced, and those that are made anew, among them what speaks of such a one and would go with it. */
function splitChanged(
  common: readonly Pair[],
  disturbance: Disturbance,
  rules: DiffRules,
): { readonly replaceable: readonly Pair[]; readonly renewed: ReadonlySet<Definition> } {
  let replaceable = findReplaced(common, rules);
  let spread = disturbance;
  for (;;) {
    const staying = replaceable.filter(([from]) => !isDisturbed(from.text, spread));
    const replaced = new Set(staying.map(([from]) => from));
    const renewed = findRenewed(
      common.filter(([from]) => !replaced.has(from)),
      disturbance,
    );
    const names = [...renewed].flatMap(({ calledName }) => calledName ?? []);
    spread = { ...disturbance, relations: [...disturbance.relations, ...names] };
    replaceable = staying.filter(([from]) => !isDisturbed(from.text, spread));
    if (replaceable.length === staying.length) return { replaceable, renewed };
  }
}

/**
 * What turns the views, triggers and objects of one schema into those of another, in no order. What changed is replaced where the engine can, and otherwise made
 * anew, with everything that speaks of it.
 */
export function diffDefinitions(
  { current, renamed }: CurrentDefinitions,
  target: Schema,
  disturbance: Disturbance,
  rules: DiffRules,
): readonly Operation[] {
  const before = listDefinitions(current, rules);
  const { removed, added, common: matched } = matchNames(before, listDefinitions(target, rules));
  const afterwards = new Map(listDefinitions(renamed, rules).map((one, position) => [before[position], one]));
  const common = matched.map(([from, to]): Pair => [from, to, afterwards.get(from) ?? from]);
  const gone = removed.flatMap(({ calledName }) => calledName ?? []);
  const spread = { ...disturbance, relations: [...disturbance.relations, ...gone] };
  const { replaceable, renewed } = splitChanged(common, spread, rules);
  const changed = common.filter(([from]) => renewed.has(from));
  return [
    ...[...removed, ...changed.map(([from]) => from)].map(({ drop }) => drop),
    ...[...added, ...changed.map(([, to]) => to)].map(({ create }) => create),
    ...replaceable.flatMap(([, { object: to }, { object: from }]): readonly Operation[] =>
      from && to ? [{ kind: "replaceObject", from, to }] : [],
    ),
  ];
}

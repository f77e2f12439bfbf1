/** Two lists of named things, matched by name. */
export interface NameMatch<Current, Target> {
  /** What only the current list has, in its order. */
  readonly removed: readonly Current[];
  /** What only the target list has, in its order. */
  readonly added: readonly Target[];
  /** What both have, in the order of the target list. */
  readonly common: readonly (readonly [Current, Target])[];
}

interface Named {
  readonly name: string;
}

/** The pairs of one name that stand in the same place. */
function zipSame<Current extends Named, Target extends Named>(
  current: readonly Current[],
  target: readonly Target[],
): readonly (readonly [Current, Target])[] {
  return current.flatMap((found, position) => {
    const wanted = target[position];
    return wanted?.name === found.name ? [[found, wanted] as const] : [];
  });
}

/** Matches two lists by name; names are unique in each. */
export function matchNames<Current extends Named, Target extends Named>(
  current: readonly Current[],
  target: readonly Target[],
): NameMatch<Current, Target> {
  // Most lists have not changed: where both name the same in one order, nothing has to be looked up.
  const pairs = zipSame(current, target);
  if (pairs.length === current.length && pairs.length === target.length) {
    return { removed: [], added: [], common: pairs };
  }
  const byName = new Map(current.map((one) => [one.name, one]));
  const added: Target[] = [];
  const common: (readonly [Current, Target])[] = [];
  for (const wanted of target) {
    const found = byName.get(wanted.name);
    if (found === undefined) added.push(wanted);
    else common.push([found, wanted]);
    byName.delete(wanted.name);
  }
  return { removed: [...byName.values()], added, common };
}

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

/** Matches two lists by name; names are unique in each. */
export function matchNames<Current extends Named, Target extends Named>(
  current: readonly Current[],
  target: readonly Target[],
): NameMatch<Current, Target> {
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

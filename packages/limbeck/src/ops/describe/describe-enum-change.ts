/** What changes about the values of an enum, in one line. */
export function describeEnumChange(name: string, from: readonly string[], to: readonly string[]): string {
  const removed = from.filter((value) => !to.includes(value));
  const added = to.filter((value) => !from.includes(value));
  const phrases = [
    ...(removed.length === 0 ? [] : [`take ${removed.join(", ")} from`]),
    ...(added.length === 0 ? [] : [`add ${added.join(", ")} to`]),
  ];
  return phrases.length === 0
    ? `put the values of enum ${name} in another order`
    : `${phrases.join(" and ")} enum ${name}`;
}

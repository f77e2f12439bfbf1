/** The objects in the order of their names, the same on every machine. */
export function sortByName<Named extends { readonly name: string }>(objects: readonly Named[]): readonly Named[] {
  return objects.toSorted((a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1));
}

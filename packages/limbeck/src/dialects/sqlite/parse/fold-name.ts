/** A name in the form in which SQLite compares names: only ASCII letters lose their case. */
export function foldName(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The spelling that a list holds of a name, or the name itself when it holds none. */
export function findSpelling(names: readonly string[], name: string): string {
  const folded = foldName(name);
  return names.find((candidate) => foldName(candidate) === folded) ?? name;
}

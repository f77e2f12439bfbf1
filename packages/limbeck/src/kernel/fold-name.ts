/**
 * A name in the form in which engines compare names that they take in any case: only ASCII letters lose theirs, so that `Ö` and `ö` stay two names.
 * https://www.sqlite.org/c3ref/stricmp.html
 */
export function foldName(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * A name in the form in which engines compare names that they take in any case: only ASCII letters lose theirs, so that `Ö` and `ö` stay two names.
 * https://www.sqlite.org/c3ref/stricmp.html
 */
export function foldName(name: string): string {
  // Most names have none, and replacing takes longer than looking.
  return /[A-Z]/.test(name) ? name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()) : name;
}

/** Whether a specifier names this package or one of its entries. */
function namesThisPackage(specifier: string): boolean {
  return specifier === "limbeck" || specifier.startsWith("limbeck/");
}

/**
 * Where one of this package's entries lies. Revisions get the copy that runs them, even when they lie where Node would find
 * another one or none: the tool may be installed globally, or the project may not be installed at all.
 *
 * @param specifier as the import has it, for example `limbeck/schema`
 * @returns undefined when it names something else
 */
export function findOwnEntry(specifier: string): string | undefined {
  if (!namesThisPackage(specifier)) return undefined;
  if (import.meta.url.endsWith(".ts")) {
    // Not built: the entries lie in the folder above, under the names that package.json gives them.
    return new URL(`../${specifier.slice("limbeck/".length) || "index"}.ts`, import.meta.url).href;
  }
  try {
    return import.meta.resolve(specifier);
  } catch {
    // An entry this version does not have: Node looks for it as usual and says what is missing.
    return undefined;
  }
}

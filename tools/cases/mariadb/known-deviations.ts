/** Pairs that do not come out right, by their names, and why. */
export const KNOWN_DEVIATIONS: ReadonlyMap<string, string> = new Map([
  [
    "sqldef/IndexNameCaseInsensitive",
    "The name of the index is written in other letters. To the server it is the same name, so that nothing is proposed; the pair itself asks for no change.",
  ],
]);

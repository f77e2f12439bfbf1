const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["Z", "\u001A"],
]);

/** What stands between the quotation marks of a text, as the text that is meant. */
export function unescapeText(body: string): string {
  return body.replaceAll(/\\([^])|''/g, (_, character: string | undefined) =>
    character === undefined ? "'" : (ESCAPES.get(character) ?? character),
  );
}

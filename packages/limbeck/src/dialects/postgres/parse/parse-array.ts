/** An element of an array: text, NULL, or an array. */
export type ArrayElement = string | null | readonly ArrayElement[];

/** A quoted element, or one without quotes, which cannot hold what separates. */
const TOKEN = /\{|\}|,|"((?:[^"\\]|\\.)*)"|([^{},"]+)/gsy;

/**
 * The elements in the text form of an array. https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
 *
 * @returns undefined for arrays that do not begin at 1, whose bounds a list has no place for
 */
export function parseArray(text: string): readonly ArrayElement[] | undefined {
  if (!text.startsWith("{")) return undefined;
  const outermost: ArrayElement[][] = [[]];
  for (const [token, quoted, plain] of text.matchAll(TOKEN)) {
    const current = outermost.at(-1);
    if (token === "{") {
      const inner: ArrayElement[] = [];
      current?.push(inner);
      outermost.push(inner);
    } else if (token === "}") outermost.pop();
    else if (quoted !== undefined) current?.push(quoted.replaceAll(/\\(.)/gs, "$1"));
    else if (plain !== undefined) current?.push(plain === "NULL" ? null : plain);
  }
  const [list] = outermost[0] ?? [];
  return Array.isArray(list) ? list : undefined;
}

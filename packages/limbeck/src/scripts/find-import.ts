import { statSync } from "node:fs";

const isFile = (url: URL): boolean => statSync(url, { throwIfNoEntry: false })?.isFile() ?? false;

/** The endings that TypeScript tries, in its order. */
function* listCandidates(url: string): Generator<string> {
  // `./todo.js` is what TypeScript projects write when they mean the todo.ts beside it.
  if (/\.[cm]?js$/.test(url)) yield url.replace(/js$/, "ts");
  for (const ending of [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"]) yield url + ending;
  for (const ending of ["/index.ts", "/index.mts", "/index.js", "/index.mjs"]) yield url.replace(/\/$/, "") + ending;
}

/**
 * The file that a relative import means in a TypeScript project although Node does not find it: `./todo.js` for todo.ts,
 * `./todo` for todo.ts, `./models` for models/index.ts.
 *
 * @param parent URL of the importing file
 * @returns the URL, or undefined when there is no such file or the import is not relative
 */
export function findImport(specifier: string, parent: string): string | undefined {
  if (!/^\.{0,2}\//.test(specifier) && specifier !== "." && specifier !== "..") return undefined;
  const { href } = new URL(specifier, parent);
  return Array.from(listCandidates(href)).find((candidate) => isFile(new URL(candidate)));
}

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DECLARATIONS = /\.d\.ts$/;
/** A package that may be ESM alone; of it declarations take types and nothing else. */
const PACKAGE = /^import (?:type )?(\{[^}]*\}) from "(?!node:)([^."][^"]*)";$/gm;
const RELATIVE = /(["'])(\.{1,2}\/[^"']+)\.js\1/g;

const toRequired = (text: string): string =>
  text
    .replaceAll(RELATIVE, "$1$2.cjs$1")
    .replaceAll(PACKAGE, 'import type $1 from "$2" with { "resolution-mode": "import" };');

/**
 * Makes the files that CommonJS packages get: each declaration file a second time, as `.d.cts`, because compilers that do not know that Node gives modules to `require` take a
 * `.d.ts` of an ESM package for something a CommonJS file cannot import; and for each entry a line that requires the one copy of the code.
 *
 * @param entries the names of the files that package.json gives out
 */
export function writeRequireEntries(folder: string, entries: readonly string[]): void {
  for (const name of readdirSync(folder).filter((file) => DECLARATIONS.test(file))) {
    const text = readFileSync(join(folder, name), "utf8");
    writeFileSync(join(folder, name.replace(DECLARATIONS, ".d.cts")), toRequired(text));
  }
  for (const entry of entries) {
    writeFileSync(join(folder, `${entry}.cjs`), `"use strict";\nmodule.exports = require("./${entry}.js");\n`);
  }
}

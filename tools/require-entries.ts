import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DECLARED = /^export (?:declare )?(?:abstract )?(function|class|const|interface|type) (\w+)/gm;
const LISTED = /^export (type )?\{ ([^}]*) \};$/gm;
const CLASS = /^(?:export )?declare (?:abstract )?class (\w+)/gm;
const AS_MODULE = '{ "resolution-mode": "import" }';

/** What an entry gives out: values, types, and what is both. */
function listExports(text: string, classes: ReadonlySet<string>) {
  const values = new Set<string>();
  const types = new Set<string>();
  for (const [, kind = "", name = ""] of text.matchAll(DECLARED)) {
    if (kind !== "interface" && kind !== "type") values.add(name);
    if (kind !== "function" && kind !== "const") types.add(name);
  }
  for (const [, allTypes, list = ""] of text.matchAll(LISTED)) {
    for (const item of list.split(", ")) {
      const name = item.replace(/^type /, "").replace(/^.* as /, "");
      const isType = allTypes !== undefined || item.startsWith("type ");
      if (!isType) values.add(name);
      if (isType || classes.has(name)) types.add(name);
    }
  }
  return { values, types };
}

/** The types of an entry as CommonJS sees them: the very same ones, so that a package may use both. */
function renderDeclarations(entry: string, text: string, classes: ReadonlySet<string>): string {
  const { values, types } = listExports(text, classes);
  const onlyTypes = [...types].filter((name) => !values.has(name));
  return [
    `import type * as esm from "./${entry}.js" with ${AS_MODULE};`,
    ...(onlyTypes.length > 0
      ? [`export type { ${onlyTypes.join(", ")} } from "./${entry}.js" with ${AS_MODULE};`]
      : []),
    ...[...values].map((name) => `export declare const ${name}: typeof esm.${name};`),
    ...[...values].filter((name) => types.has(name)).map((name) => `export type ${name} = esm.${name};`),
    "",
  ].join("\n");
}

/**
 * Makes the files that CommonJS packages get, for each entry a line that requires the one copy of the code, and types: compilers that do not know that Node gives modules to
 * `require` take a `.d.ts` of an ESM package for something a CommonJS file cannot import.
 *
 * @param entries the names of the files that package.json gives out
 */
export function writeRequireEntries(folder: string, entries: readonly string[]): void {
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith(".d.ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  const classes = new Set(texts.flatMap((text) => Array.from(text.matchAll(CLASS), ([, name = ""]) => name)));
  for (const entry of entries) {
    const text = readFileSync(join(folder, `${entry}.d.ts`), "utf8");
    writeFileSync(join(folder, `${entry}.d.cts`), renderDeclarations(entry, text, classes));
    writeFileSync(join(folder, `${entry}.cjs`), `"use strict";\nmodule.exports = require("./${entry}.js");\n`);
  }
}

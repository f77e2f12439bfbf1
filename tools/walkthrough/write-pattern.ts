import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as schema from "../../packages/limbeck/src/schema.ts";

const VERSIONS = "migrations/versions";

/** The revision that no other one builds on. */
function findHead(folder: string): string | undefined {
  const texts = readdirSync(join(folder, VERSIONS))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, VERSIONS, name), "utf8"));
  const read = (name: string): readonly string[] =>
    texts.flatMap((text) => new RegExp(`^export const ${name} = "(.*)";$`, "m").exec(text)?.[1] ?? []);
  const parents = new Set(read("downRevision"));
  return read("revision").find((id) => !parents.has(id));
}

/**
 * Writes the two functions that a document shows into a revision of their own, on top of the head, as somebody would who has called `limbeck revision`.
 *
 * @param functions `upgrade` and `downgrade`
 * @param line where the document shows them
 * @param folder the project
 */
export function writePattern(functions: string, line: number, folder: string): void {
  const id = `pattern_${String(line).padStart(4, "0")}`;
  const head = findHead(folder);
  const builders = Object.keys(schema).filter((name) => new RegExp(String.raw`\b${name}\(`).test(functions));
  const lines = [
    'import type { Operations } from "limbeck";',
    ...(builders.length > 0 ? [`import { ${builders.join(", ")} } from "limbeck/schema";`] : []),
    "",
    `export const revision = "${id}";`,
    `export const downRevision = ${head === undefined ? "null" : `"${head}"`};`,
    "export const branchLabels: string[] = [];",
    "export const dependsOn: string[] = [];",
    "",
    functions,
  ];
  writeFileSync(join(folder, VERSIONS, `${id}.ts`), lines.join("\n"));
}

import { chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { describeSystemError } from "./system-error.ts";
import { writeBeside } from "./write-beside.ts";

/** What a file of this kind begins with. */
const HEADER = /^-- The schema at .+, written by limbeck: /;

/** The text of a schema at some revisions. */
export function renderSchemaFile(sql: string, heads: readonly string[]): string {
  const place = heads.length === 0 ? "base" : heads.toSorted().join(", ");
  const header = `-- The schema at ${place}, written by limbeck: the next run writes it anew.\n`;
  return sql.trim() === "" ? header : `${header}\n${sql.trimEnd()}\n`;
}

/** The text that is there, whatever line ends a version control gave it; undefined where there is none. */
export function readSchemaFile(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8").replaceAll("\r\n", "\n") : undefined;
}

/** What came of writing. */
export type SchemaFileWriting =
  | { readonly kind: "written" }
  | { readonly kind: "unchanged" }
  | { readonly kind: "failed"; readonly message: string };

/** Writes the text in one step, unless it stands there already; a file of somebody else is left as it is. */
export function writeSchemaFile(path: string, text: string): SchemaFileWriting {
  try {
    const before = readSchemaFile(path);
    if (before === text) return { kind: "unchanged" };
    if (before !== undefined && before !== "" && !HEADER.test(before)) {
      return { kind: "failed", message: "There is a file that Limbeck did not write, and it is left as it is." };
    }
    const ready = writeBeside(path, text);
    try {
      if (before !== undefined) chmodSync(ready, statSync(path).mode);
      renameSync(ready, path);
    } catch (error) {
      rmSync(ready, { force: true });
      throw error;
    }
    return { kind: "written" };
  } catch (error) {
    return { kind: "failed", message: describeSystemError(error) };
  }
}

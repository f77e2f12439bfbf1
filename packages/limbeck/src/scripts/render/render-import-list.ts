import { group, ifBroken, imported, indent, join, line, type Document } from "./document.ts";

/** The statement that imports builders of `limbeck/schema`; none where there are none. */
export function renderImportList(names: readonly string[]): readonly Document[] {
  return names.length === 0 ? [] : [renderImport(names, "limbeck/schema")];
}

/** `import { a, b } from "module";` */
export function renderImport(names: readonly string[], module: string): Document {
  const list = group(["import {", indent([line, join([",", line], names.map(imported))]), ifBroken(","), line, "}"]);
  return [list, ` from ${JSON.stringify(module)};`];
}

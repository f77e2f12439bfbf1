import { group, ifBroken, imported, indent, join, line, type Document } from "./document.ts";

/** The statement that imports builders of `limbeck/schema`; none where there are none. */
export function renderImportList(names: readonly string[]): readonly Document[] {
  if (names.length === 0) return [];
  const list = group(["import {", indent([line, join([",", line], names.map(imported))]), ifBroken(","), line, "}"]);
  return [[list, ' from "limbeck/schema";']];
}

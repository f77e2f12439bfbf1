import { mentionsIdentifier } from "../ops/expression/identifiers.ts";
import type { Table } from "../schema/model/table.ts";

/** The columns that a column is computed from, and those that they are computed from. */
export function listSources(name: string, { columns }: Table): readonly string[] {
  const found = new Set([name]);
  // The set grows while it is gone through; a word that is no column after all may lead in a circle.
  for (const one of found) {
    const expression = columns.find((column) => column.name === one)?.generated?.expression;
    if (expression === undefined) continue;
    for (const other of columns) if (mentionsIdentifier(expression, other.name)) found.add(other.name);
  }
  return [...found].slice(1);
}

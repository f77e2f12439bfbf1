import type { Schema } from "../../../schema/model/schema.ts";
import { foldName } from "../../../kernel/fold-name.ts";

/** What changes tables behind their back. https://www.sqlite.org/pragma.html#pragma_writable_schema */
const ANYTHING = /sqlite_schema|sqlite_master|writable_schema|sqlite_dbpage/;

/** What only reads. https://www.sqlite.org/lang_select.html */
const READS = /^\s*(?:select|explain)\b/;

/** Names that SQL spells otherwise than they are. */
const isSpelledOtherwise = (name: string): boolean => /["`'\]]/.test(name);

/**
 * The tables whose rows statements may have changed: those whose names occur in them, and what triggers and foreign keys reach from there. SQL of SQLite has
 * to name what it changes, because it can't make names up while it runs.
 *
 * @returns undefined when it may be any
 */
export function findTouched(
  statements: readonly string[],
  { tables, triggers, views }: Schema,
): ReadonlySet<string> | undefined {
  const folded = statements.map(foldName).filter((sql) => !READS.test(sql));
  if (folded.some((sql) => ANYTHING.test(sql))) return undefined;
  const relations = [...tables, ...views].map(({ name }) => ({ name, folded: foldName(name) }));
  const touched = new Set(relations.flatMap(({ name }) => (isSpelledOtherwise(name) ? [name] : [])));
  const pointing = tables.map(({ name, constraints }) => ({
    name: foldName(name),
    to: constraints.flatMap((one) => (one.kind === "foreignKey" ? [foldName(one.references.table)] : [])),
  }));
  const spread = (texts: readonly string[]): void => {
    const found = relations.filter((one) => !touched.has(one.name) && texts.some((sql) => sql.includes(one.folded)));
    if (found.length === 0) return;
    for (const { name } of found) touched.add(name);
    const names = new Set(found.map((one) => one.folded));
    const fired = triggers.filter(({ table }) => names.has(foldName(table))).map(({ definition }) => definition);
    const pointers = pointing.filter(({ to }) => to.some((name) => names.has(name))).map(({ name }) => name);
    spread([...fired.map(foldName), ...pointers]);
  };
  spread(folded);
  return touched;
}

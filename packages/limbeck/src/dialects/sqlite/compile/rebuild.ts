import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { requireTable } from "../../../ops/apply/edit-schema.ts";
import { mentionsIdentifier } from "../../../ops/expression/identifiers.ts";
import type { TableOperation } from "../../../ops/operation.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import type { Table } from "../../../schema/model/table.ts";
import { NEW_TABLE_PREFIX } from "../database-errors.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { tokenize, readName } from "../parse/tokenize.ts";
import { quoteIdentifier, quoteLiteral } from "../quote.ts";
import { findFreeName, listTakenNames } from "./find-free-name.ts";
import { mayHoldQuotedText } from "./may-hold-quoted-text.ts";
import { copyRows, guardRowCount, keepsCounter, setCounter } from "./rebuild-copy.ts";
import { GUARD_FOREIGN_KEYS, guardHidden, guardUnknownObjects, guardValues } from "./rebuild-guards.ts";
import { planRebuild, type RebuildPlan } from "./rebuild-plan.ts";
import { renderCreateIndex, renderCreateTable } from "./render-table.ts";
import { findRowidName } from "./rowid-column.ts";

const OLD_TABLE_PREFIX = "_limbeck_old_";

const LEGACY_RENAME_ON: Statement = { sql: "PRAGMA legacy_alter_table=ON" };

/** A plain RENAME carries the name into everything that mentions it, and fails over any broken view; a rebuild must do neither. */
export const LEGACY_RENAME_OFF: Statement = { sql: "PRAGMA legacy_alter_table=OFF" };

/** Replaces a table by another, whatever else mentions its name; only the renames run with `legacy_alter_table`. */
function giveName(table: Table, copy: string, old: string): readonly Statement[] {
  const original = quoteIdentifier(table.name);
  const takeName = { sql: `ALTER TABLE ${copy} RENAME TO ${original}` };
  if (mayHoldQuotedText(table)) {
    return [{ sql: `DROP TABLE ${original}` }, LEGACY_RENAME_ON, takeName, LEGACY_RENAME_OFF];
  }
  return [
    LEGACY_RENAME_ON,
    { sql: `ALTER TABLE ${original} RENAME TO ${old}` },
    takeName,
    LEGACY_RENAME_OFF,
    { sql: `DROP TABLE ${old}` },
  ];
}

/**
 * The usual way, of section 7 of https://www.sqlite.org/lang_altertable.html: build the new table under another name, copy, drop the old
 * one, rename. With `legacy_alter_table` a rename touches nothing else, so views, foreign keys and triggers of other
 * tables keep their text to the letter, and mean the new table as soon as it has the name. Where it can, the old table gets another name before it is
 * dropped: with its name would go what ANALYZE has found out about it.
 */
function swapTables(plan: RebuildPlan, taken: readonly string[]): readonly Statement[] {
  const { before, target } = plan;
  const name = findFreeName(`${NEW_TABLE_PREFIX}${before.name}`, taken);
  const original = quoteIdentifier(before.name);
  const copy = quoteIdentifier(name);
  const counter = `SELECT seq FROM sqlite_sequence WHERE name = ${quoteLiteral(before.name)}`;
  return [
    { sql: renderCreateTable(target, name) },
    ...copyRows(plan, original, copy, findRowidName(before)),
    guardRowCount(before.name, original, copy),
    ...(keepsCounter(plan) ? setCounter(name, counter) : []),
    ...giveName(before, copy, quoteIdentifier(findFreeName(`${OLD_TABLE_PREFIX}${before.name}`, taken))),
  ];
}

/**
 * The way for a table whose CHECK names the table itself (`CHECK (todos.due > 0)`), which can stand under no other name: put the
 * rows aside, and create the table anew in its place. It copies every row twice.
 */
function restageTable(plan: RebuildPlan): readonly Statement[] {
  const { before, target } = plan;
  const original = quoteIdentifier(before.name);
  const rows = `temp.${quoteIdentifier(`_limbeck_rows_${before.name}`)}`;
  const counter = `temp.${quoteIdentifier(`_limbeck_counter_${before.name}`)}`;
  const rowidName = findRowidName(before);
  const columns = plan.copied.map(({ from }) => quoteIdentifier(from.name));
  const keptRowid = findFreeName(
    "_limbeck_rowid",
    before.columns.map(({ name }) => name),
  );
  const kept = rowidName === undefined ? columns : [`${rowidName} AS ${keptRowid}`, ...columns];
  const counterQuery = `SELECT seq FROM sqlite_sequence WHERE name = ${quoteLiteral(before.name)}`;
  const saveCounter = keepsCounter(plan) ? [{ sql: `CREATE TABLE ${counter} AS ${counterQuery}` }] : [];
  const giveCounter = keepsCounter(plan)
    ? [...setCounter(before.name, `SELECT seq FROM ${counter}`), { sql: `DROP TABLE ${counter}` }]
    : [];
  return [
    { sql: `CREATE TABLE ${rows} AS SELECT ${kept.join(", ") || "1"} FROM ${original}` },
    ...saveCounter,
    { sql: `DROP TABLE ${original}` },
    { sql: renderCreateTable(target) },
    ...copyRows(plan, rows, original, rowidName && keptRowid),
    guardRowCount(before.name, rows, original),
    ...giveCounter,
    { sql: `DROP TABLE ${rows}` },
  ];
}

/** Whether a CHECK qualifies a column with the name of the table. Generated columns and indexes may not. */
function namesItself({ name, constraints }: Table): boolean {
  return constraints.some((constraint) => {
    if (constraint.kind !== "check") return false;
    const tokens = tokenize(constraint.expression);
    return tokens.some(
      (token, position) => tokens[position + 1]?.text === "." && foldName(readName(token)) === foldName(name),
    );
  });
}

function restoreObjects({ target }: RebuildPlan, after: Schema): readonly Statement[] {
  const triggers = after.triggers.filter(({ table }) => foldName(table) === foldName(target.name));
  return [
    ...target.indexes.map((index) => ({ sql: renderCreateIndex(target.name, index) })),
    ...triggers.map(({ definition }) => ({ sql: definition })),
  ];
}

/**
 * Lets SQLite look for views and triggers that name a dropped column, as its own DROP COLUMN does: every RENAME COLUMN
 * checks the whole schema, so renaming one of an empty table is enough.
 */
function checkDependents(
  { dropped, before }: RebuildPlan,
  after: Schema,
  taken: readonly string[],
): readonly Statement[] {
  const isNamed = dropped.some(({ name }) =>
    [...after.views, ...after.triggers].some(({ definition }) => mentionsIdentifier(definition, name)),
  );
  if (!isNamed) return [];
  const probe = quoteIdentifier(findFreeName(`_limbeck_probe_${before.name}`, taken));
  return [
    { sql: `CREATE TABLE ${probe} (a)` },
    { sql: `ALTER TABLE ${probe} RENAME COLUMN a TO b` },
    { sql: `DROP TABLE ${probe}` },
  ];
}

/**
 * Rebuilds a table once for any number of changes. Rows, rowids, indexes, triggers, the counter of AUTOINCREMENT and everything that
 * points to the table are kept; guards stop the rebuild before it changes anything when the new table would not take
 * the rows. Must run in a transaction, with foreign keys off since before its beginning.
 */
export function rebuildTable(
  table: string,
  operations: readonly TableOperation[],
  context: CompileContext,
): readonly Statement[] {
  const before = requireTable(context.before, table);
  const plan = planRebuild(before, requireTable(context.after, table), operations);
  const renames = plan.renames.map(([from, to]) => ({
    sql: `ALTER TABLE ${quoteIdentifier(table)} RENAME COLUMN ${quoteIdentifier(from)} TO ${quoteIdentifier(to)}`,
  }));
  const taken = [context.before, context.after].flatMap(listTakenNames);
  const isRestaged = namesItself(before) || namesItself(plan.target);
  return [
    GUARD_FOREIGN_KEYS,
    guardHidden(before.name),
    guardUnknownObjects(before, context.before),
    ...guardValues(plan),
    ...(isRestaged ? restageTable(plan) : swapTables(plan, taken)),
    ...restoreObjects(plan, context.after),
    ...renames,
    ...checkDependents(plan, context.after, taken),
  ];
}

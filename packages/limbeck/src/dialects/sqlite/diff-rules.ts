import { DEFAULT_DIFF_RULES, type DiffRules } from "../../diff/diff-rules.ts";
import { isSameStructure } from "../../diff/same-structure.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";
import type { DialectOptions } from "../../schema/model/dialect-options.ts";
import type { SqliteColumnOptions, SqliteTableOptions } from "./options.ts";
import { isSameSqliteExpression } from "./same-expression.ts";

const fold = (type: string): string => type.toLowerCase().replaceAll(/\s+/g, " ").trim();

/** SQLite reads a declared type without regard to case. https://www.sqlite.org/datatype3.html#determination_of_column_affinity */
function isSameType(a: ColumnType, b: ColumnType): boolean {
  if (a.kind === "raw" && b.kind === "raw") return fold(a.sql) === fold(b.sql);
  return isSameStructure(a, b);
}

/**
 * What both have: a strict table takes fewer types than others, and one without a rowid numbers no rows and has to have a key.
 * https://www.sqlite.org/stricttables.html https://www.sqlite.org/withoutrowid.html
 */
function optionsBetween(from: DialectOptions | null, to: DialectOptions | null): DialectOptions | null {
  const isOfBoth = (key: keyof SqliteTableOptions): boolean =>
    [from, to].every((options) => options?.["sqlite"]?.[key] === true);
  const shared: SqliteTableOptions = {
    ...(isOfBoth("strict") && { strict: true }),
    ...(isOfBoth("withoutRowid") && { withoutRowid: true }),
  };
  return Object.keys(shared).length === 0 ? null : { sqlite: { ...shared } };
}

/** How two schemas of SQLite are compared: names ignore case, there are no comments, and a key may point to a table that comes later. */
export const sqliteDiffRules: DiffRules = Object.freeze({
  ...DEFAULT_DIFF_RULES,
  sameType: isSameType,
  sameExpression: isSameSqliteExpression,
  idleColumnOptions: ["notNull"] satisfies (keyof SqliteColumnOptions)[],
  ignoreComments: true,
  // Triggers. https://www.sqlite.org/lang_createtrigger.html#instead_of_triggers
  viewsHaveAttached: true,
  foldTableNames: true,
  foldColumnNames: true,
  inlineForeignKeys: true,
  // There is no SET CONSTRAINTS. https://www.sqlite.org/foreignkeys.html#fk_deferred
  foldImmediateKeys: true,
  optionsBetween,
} satisfies DiffRules);

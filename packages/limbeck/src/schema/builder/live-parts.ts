import type { Column } from "../model/column.ts";
import type { Constraint } from "../model/constraint.ts";
import type { TableIndex } from "../model/table-index.ts";
import type { NamingConvention } from "./naming-convention.ts";
import { SOFT_DELETE_COLUMN, type LiveItem } from "./soft-delete.ts";

/** The column that stands for "not deleted" where the engine has no index over some of the rows. */
export const LIVE_COLUMN = "is_live";

/** What an engine makes of a rule for live rows depends on it. */
export interface LiveRules {
  /** Whether an index may hold some of the rows only. */
  readonly hasPartialIndexes: boolean;
  readonly quoteIdentifier: (name: string) => string;
}

/** What rules for live rows are on an engine. */
export interface LiveParts {
  readonly columns: readonly Column[];
  readonly constraints: readonly (Constraint & { readonly name: string })[];
  readonly indexes: readonly TableIndex[];
}

/** A name as it reads best in a text: with quotation marks only where it needs some. */
const writeName = (name: string, { quoteIdentifier }: LiveRules): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name);

function describeLiveColumn(column: string, rules: LiveRules): Column {
  return {
    name: LIVE_COLUMN,
    type: { kind: "smallint" },
    nullable: true,
    // NULL is equal to nothing: any number of deleted rows may agree in the rest.
    generated: {
      expression: `CASE WHEN ${writeName(column, rules)} IS NULL THEN 1 END`,
      storage: "virtual",
    },
  };
}

/** The name of a rule for live rows: its own, or what the convention makes of its columns and the word `live`. */
export function nameLiveItem({ kind, columns, name }: LiveItem, table: string, convention: NamingConvention): string {
  return name ?? convention[kind === "liveUnique" ? "unique" : "index"]({ table, columns: [...columns, "live"] });
}

/**
 * What rules for live rows are on an engine: partial indexes, or a generated column and what leans on it.
 *
 * @param column the one that says when a row was deleted
 */
export function planLiveParts(
  table: string,
  items: readonly LiveItem[],
  {
    column,
    convention,
    rules,
  }: { readonly column: string; readonly convention: NamingConvention; readonly rules: LiveRules },
): LiveParts {
  const name = (item: LiveItem): string => nameLiveItem(item, table, convention);
  const toParts = (columns: readonly string[]) => columns.map((one) => ({ column: one }));
  if (rules.hasPartialIndexes) {
    const where = `${writeName(column, rules)} IS NULL`;
    const indexes = items.map((item) => ({
      name: name(item),
      parts: toParts(item.columns),
      unique: item.kind === "liveUnique",
      where,
    }));
    return { columns: [], constraints: [], indexes };
  }
  const uniques = items.filter(({ kind }) => kind === "liveUnique");
  return {
    columns: uniques.length === 0 ? [] : [describeLiveColumn(column, rules)],
    constraints: uniques.map((item) => ({ kind: "unique", name: name(item), columns: [...item.columns, LIVE_COLUMN] })),
    indexes: items
      .filter(({ kind }) => kind === "liveIndex")
      .map((item) => ({ name: name(item), parts: toParts([...item.columns, column]), unique: false })),
  };
}

/** The column that says when a row of a table was deleted, as its rules or its builders tell. */
export function chooseSoftDeleteColumn(items: readonly LiveItem[], declared: string | undefined): string {
  return items.find(({ column }) => column !== undefined)?.column ?? declared ?? SOFT_DELETE_COLUMN;
}

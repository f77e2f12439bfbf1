import type { Column } from "../model/column.ts";
import type { Constraint } from "../model/constraint.ts";
import type { Table } from "../model/table.ts";
import type { AnyColumnBuilder, ColumnDescription } from "./column-builder.ts";
import { nameConstraint, nameIndex, type NamingConvention } from "./naming-convention.ts";
import { chooseSoftDeleteColumn, planLiveParts, type LiveRules } from "./live-parts.ts";
import { isLiveItem } from "./soft-delete.ts";
import type { PlainItem, TableItem } from "./table-items.ts";

/** What a table is built from: its name, a builder per column, and the rest. */
export interface TableParts {
  readonly name: string;
  readonly columns: Readonly<Record<string, AnyColumnBuilder>>;
  readonly items: readonly TableItem[];
}

/**
 * The column that a builder describes.
 *
 * @param name how the table calls it
 */
export function buildColumn(name: string, builder: AnyColumnBuilder): Column {
  const { type, nullable, autoIncrement, generated, collation, comment, options } = builder.description;
  return {
    name,
    type,
    nullable,
    ...(builder.description.default && { default: builder.description.default }),
    ...(generated && { generated }),
    ...(autoIncrement && { autoIncrement }),
    ...(collation !== undefined && { collation }),
    ...(comment !== undefined && { comment }),
    ...(options && { options }),
  };
}

/**
 * The constraints that a column builder brings: key, unique, checks, reference, in that order and without names.
 *
 * @param name how the table calls the column
 */
export function collectColumnConstraints(name: string, description: ColumnDescription): readonly Constraint[] {
  const { references } = description;
  const constraints: Constraint[] = [];
  if (description.primaryKey) constraints.push({ kind: "primaryKey", columns: [name] });
  if (description.unique) constraints.push({ kind: "unique", columns: [name] });
  for (const check of description.checks) constraints.push({ kind: "check", ...check });
  if (references) {
    const { table, column, ...actions } = references;
    constraints.push({ kind: "foreignKey", columns: [name], references: { table, columns: [column] }, ...actions });
  }
  return constraints;
}

/** The column of {@link softDelete}, if a table has one. */
export function findSoftDeleteColumn(columns: TableParts["columns"]): string | undefined {
  return Object.entries(columns).find(([, { description }]) => description.softDelete === true)?.[0];
}

/** What a table gets for the rules of its live rows. */
function buildLiveParts({ name, columns, items }: TableParts, convention: NamingConvention, rules: LiveRules) {
  const live = items.filter(isLiveItem);
  const column = chooseSoftDeleteColumn(live, findSoftDeleteColumn(columns));
  return planLiveParts(name, live, { column, convention, rules });
}

/** What an engine is like unless somebody says otherwise. */
const STANDARD_LIVE_RULES: LiveRules = Object.freeze({
  hasPartialIndexes: true,
  quoteIdentifier: (name: string) => `"${name.replaceAll('"', '""')}"`,
});

/**
 * The table that builders describe, with every constraint and index named.
 *
 * @param convention gives the names that the builders don't
 * @param rules what the engine makes of rules for live rows. Default: partial indexes
 */
export function buildTable(
  parts: TableParts,
  convention: NamingConvention,
  rules: LiveRules = STANDARD_LIVE_RULES,
): Table {
  const plain: readonly PlainItem[] = parts.items.filter((item) => !isLiveItem(item));
  const live = buildLiveParts(parts, convention, rules);
  const entries = Object.entries(parts.columns);
  const fromColumns = entries.flatMap(([name, builder]) =>
    collectColumnConstraints(name, builder.description).map((constraint) =>
      nameConstraint(constraint, parts.name, convention, constraint.kind === "check" ? { columns: [name] } : {}),
    ),
  );
  const fromItems: Constraint[] = [];
  let position = 0;
  for (const item of plain) {
    if (item.kind === "index" || item.kind === "options" || item.kind === "comment") continue;
    if (item.kind === "check") position += 1;
    fromItems.push(nameConstraint(item, parts.name, convention, item.kind === "check" ? { position } : {}));
  }
  const options = plain.flatMap((item) => (item.kind === "options" ? [item.options] : []));
  const comment = plain.find((item) => item.kind === "comment")?.comment;
  return {
    name: parts.name,
    columns: [...entries.map(([name, builder]) => buildColumn(name, builder)), ...live.columns],
    constraints: [...fromColumns, ...fromItems, ...live.constraints],
    indexes: [
      ...plain.flatMap((item) =>
        item.kind === "index" ? [{ ...item.index, name: nameIndex(item.index, parts.name, convention) }] : [],
      ),
      ...live.indexes,
    ],
    ...(comment !== undefined && { comment }),
    ...(options.length > 0 && { options: Object.assign({}, ...options) }),
  };
}

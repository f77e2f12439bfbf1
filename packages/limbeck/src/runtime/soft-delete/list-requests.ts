import { mentionsIdentifier } from "../../ops/expression/identifiers.ts";
import type { TableOperation } from "../../ops/operation.ts";
import type {
  DisableSoftDeleteOptions,
  EnableSoftDeleteOptions,
  NamedColumns,
} from "../../ops/soft-delete/soft-delete-options.ts";
import { planLiveParts, type LiveRules } from "../../schema/builder/live-parts.ts";
import type { NamingConvention } from "../../schema/builder/naming-convention.ts";
import { createSoftDeleteColumn, SOFT_DELETE_COLUMN, type LiveItem } from "../../schema/builder/soft-delete.ts";
import { unique } from "../../schema/builder/table-items.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import { findColumn, type Table } from "../../schema/model/table.ts";
import {
  requestAddColumn,
  requestAddConstraint,
  requestDropColumn,
  requestDropConstraint,
  requestDropIndex,
  type TableRequest,
} from "../table-requests.ts";

const isList = (entry: NamedColumns): entry is readonly string[] => Array.isArray(entry);

const nameColumns = (entry: NamedColumns): { readonly columns: readonly string[]; readonly name?: string } =>
  isList(entry) ? { columns: entry } : entry;

const toItems = (kind: LiveItem["kind"], entries: readonly NamedColumns[] = []): readonly LiveItem[] =>
  entries.map((entry) => ({ kind, ...nameColumns(entry) }));

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name));

/** What makes columns unique among all rows, so that it would be in the way of what makes them unique among some. */
function dropPlainUniques(
  { constraints, indexes }: Table,
  columns: readonly string[],
  convention: NamingConvention,
): readonly TableRequest[] {
  return [
    ...constraints
      .filter((one) => one.kind === "unique" && isSame(one.columns, columns))
      .map((one) => requestDropConstraint(one, undefined, convention)),
    ...indexes
      .filter(({ unique: isUnique, where, parts }) => {
        const names = parts.map(({ column }) => column ?? "");
        return isUnique && where === undefined && isSame(names, columns);
      })
      .map(({ name }) => requestDropIndex(name)),
  ];
}

const make =
  (describe: (table: string) => TableOperation): TableRequest =>
  async (table) => [describe(table)];

/**
 * What happens to a table that begins to delete softly, in order.
 *
 * @param rules what the engine makes of rules for live rows
 */
export function listEnableRequests(
  found: Table,
  { column = SOFT_DELETE_COLUMN, unique: uniques, index }: EnableSoftDeleteOptions,
  { convention, rules }: { readonly convention: NamingConvention; readonly rules: LiveRules },
): readonly TableRequest[] {
  const items = [...toItems("liveUnique", uniques), ...toItems("liveIndex", index)];
  const live = planLiveParts(found.name, items, { column, convention, rules });
  return [
    ...items.flatMap(({ kind, columns }) =>
      kind === "liveUnique" ? dropPlainUniques(found, columns, convention) : [],
    ),
    requestAddColumn(column, createSoftDeleteColumn(), {}, convention),
    ...live.columns
      .filter(({ name }) => !findColumn(found, name))
      .map((one) => make((table) => ({ kind: "addColumn", table, column: one }))),
    ...live.constraints.map((one) => requestAddConstraint(one, null, convention)),
    ...live.indexes.map((one) => make((table) => ({ kind: "createIndex", table, index: one }))),
  ];
}

const isConstraintOn = (constraint: Constraint, gone: readonly string[]): boolean =>
  constraint.kind === "check"
    ? gone.some((name) => mentionsIdentifier(constraint.expression, name))
    : constraint.columns.some((name) => gone.includes(name));

const isIndexOn = ({ parts, where }: TableIndex, gone: readonly string[]): boolean =>
  gone.some(
    (name) =>
      mentionsIdentifier(where ?? "", name) ||
      parts.some((part) => part.column === name || mentionsIdentifier(part.expression ?? "", name)),
  );

/** What happens to a table that stops to delete softly, in order: all that leans on the column goes before it, by name, because some engines drop it without a word. */
export function listDisableRequests(
  found: Table,
  { column = SOFT_DELETE_COLUMN, unique: uniques = [] }: DisableSoftDeleteOptions,
  { convention }: { readonly convention: NamingConvention },
): readonly TableRequest[] {
  const computed = found.columns
    .filter(({ generated }) => mentionsIdentifier(generated?.expression ?? "", column))
    .map(({ name }) => name);
  const gone = [column, ...computed];
  return [
    ...found.indexes.filter((one) => isIndexOn(one, gone)).map(({ name }) => requestDropIndex(name)),
    ...found.constraints
      .filter((one) => isConstraintOn(one, gone))
      .map((one) => requestDropConstraint(one, undefined, convention)),
    ...computed.map(requestDropColumn),
    requestDropColumn(column),
    ...uniques.map((entry) => {
      const { columns, name = null } = nameColumns(entry);
      return requestAddConstraint(unique(columns), name, convention);
    }),
  ];
}

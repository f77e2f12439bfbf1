import type { Dialect } from "../../dialect/dialect.ts";
import { describeType } from "../../ops/describe/describe-type.ts";
import { listChanges, type Operation, type OperationMap, type TableOperation } from "../../ops/operation.ts";
import { isSameColumns, readLiveRule, readPlainUnique } from "../../ops/soft-delete/read-live-rule.ts";
import { findFilling } from "../../ops/safe/fill-defaults.ts";
import { traceNames, type FormerNames } from "../../ops/safe/trace-names.ts";
import type { Constraint, ForeignKey } from "../../schema/model/constraint.ts";
import type { DataNeed } from "./data-need.ts";

/** How SQL is written, and what the rows were called before. */
interface Place {
  readonly dialect: Dialect;
  readonly names: FormerNames;
  /** The same before the change as it stands in the list: a group may give other names before it asks something of rows, and what is said of rows stands before it. */
  readonly here: FormerNames;
  /** The change as it stands in the list, where it may be one of a group. */
  readonly operation: Operation;
}

const joinAnd = (conditions: readonly string[]): string => conditions.join(" AND ");

const countWhere = (table: string, condition: string): string =>
  `SELECT count(*) AS found FROM ${table} WHERE ${condition}`;

/** A table and columns of it as SQL, by the names that they have before everything; undefined where they are new. */
function quoteFormer(table: string, columns: readonly string[], { dialect, names }: Place) {
  const [owner, found] = [names.table(table), names.columns(table, columns)];
  if (owner === undefined || found === undefined) return undefined;
  return { table: dialect.quoteName(owner), columns: found.map(dialect.quoteIdentifier) };
}

/** A column by the name that it has where something is said of it; where it is new by then, its own. */
const nameHere = (table: string, column: string, { here }: Place): string =>
  here.columns(table, [column])?.[0] ?? column;

/** What rows will have in columns, as SQL over the table as it was: the columns, or what new ones are generated from; undefined where others are new. */
function quoteValues(table: string, columns: readonly string[], { dialect, names }: Place) {
  const owner = names.table(table);
  const values = columns.flatMap((column) => {
    const generated = names.generated(table, column);
    if (generated !== undefined) return [`(${generated})`];
    return (names.columns(table, [column]) ?? []).map(dialect.quoteIdentifier);
  });
  if (owner === undefined || values.length < columns.length) return undefined;
  return { table: dialect.quoteName(owner), values };
}

function findNulls({ table, from, to }: OperationMap["alterColumn"], place: Place): readonly DataNeed[] {
  if (!from.nullable || to.nullable || findFilling(to) !== undefined) return [];
  const { dialect, operation } = place;
  const called = nameHere(table, to.name, place);
  const [owner, column] = [dialect.quoteName(table), dialect.quoteIdentifier(called)];
  const remedy = `UPDATE ${owner} SET ${column} = '...' WHERE ${column} IS NULL`;
  const former = quoteFormer(table, [to.name], place);
  if (former === undefined) {
    // The column is new, so that all rows there are have nothing in it.
    const known = quoteFormer(table, [], place);
    if (known === undefined) return [];
    return [
      {
        operation,
        table,
        fault: `get no value for ${to.name}`,
        isOfEach: true,
        count: `SELECT count(*) AS found FROM ${known.table}`,
        remedy,
      },
    ];
  }
  const [name = ""] = former.columns;
  return [
    { operation, table, fault: `have NULL in ${called}`, count: countWhere(former.table, `${name} IS NULL`), remedy },
  ];
}

function findMisfits({ table, from, to }: OperationMap["alterColumn"], place: Place): readonly DataNeed[] {
  const { dialect, operation } = place;
  const former = quoteFormer(table, [to.name], place);
  if (former === undefined || from.generated || to.generated) return [];
  const [name = ""] = former.columns;
  const misfit = dialect.findMisfit(name, from.type, to.type);
  if (misfit === undefined) return [];
  const called = nameHere(table, to.name, place);
  const [owner, column] = [dialect.quoteName(table), dialect.quoteIdentifier(called)];
  return [
    {
      operation,
      table,
      fault: `have something in ${called} that is no ${describeType(to.type)}`,
      ...(misfit !== "" && { count: countWhere(former.table, `${name} IS NOT NULL AND (${misfit})`) }),
      remedy: `UPDATE ${owner} SET ${column} = '...' WHERE ...`,
    },
  ];
}

/** Rows that share what is to be unique, where none of it is NULL. */
function findDuplicates(table: string, columns: readonly string[], place: Place, where?: string): readonly DataNeed[] {
  const { dialect, names, operation } = place;
  const former = quoteValues(table, columns, place);
  if (former === undefined || columns.length === 0) return [];
  const condition = where === undefined ? undefined : names.expression(table, where);
  const all = joinAnd([
    ...former.values.map((value) => `${value} IS NOT NULL`),
    ...(condition ? [`(${condition})`] : []),
  ]);
  const list = former.values.join(", ");
  const groups = `SELECT count(*) - 1 AS more FROM ${former.table} WHERE ${all} GROUP BY ${list} HAVING count(*) > 1`;
  return [
    {
      operation,
      table,
      fault: `repeat what another one has in ${columns.map((column) => nameHere(table, column, place)).join(", ")}`,
      count: `SELECT coalesce(sum(more), 0) AS found FROM (${groups}) AS repeated`,
      remedy: `DELETE FROM ${dialect.quoteName(table)} WHERE ...`,
    },
  ];
}

function findOrphans(table: string, key: ForeignKey, place: Place): readonly DataNeed[] {
  const { dialect, operation } = place;
  const { references } = key;
  const own = quoteFormer(table, key.columns, place);
  const target = quoteFormer(references.table, references.columns, place);
  // Rows in a table that is new point to nothing yet, and to a column that is new none can point.
  if (own === undefined || target === undefined || references.columns.length === 0) return [];
  const matches = target.columns.map((column, position) => `target.${column} = own.${own.columns[position] ?? ""}`);
  const given = own.columns.map((column) => `own.${column} IS NOT NULL`);
  const found = `NOT EXISTS (SELECT 1 FROM ${target.table} AS target WHERE ${joinAnd(matches)})`;
  return [
    {
      operation,
      table,
      fault: `point to no row of ${references.table} by ${key.columns.map((column) => nameHere(table, column, place)).join(", ")}`,
      count: `SELECT count(*) AS found FROM ${own.table} AS own WHERE ${joinAnd([...given, found])}`,
      remedy: `DELETE FROM ${dialect.quoteName(table)} WHERE ...`,
    },
  ];
}

function findOffenders(table: string, constraint: Constraint, place: Place): readonly DataNeed[] {
  const { dialect, names, here, operation } = place;
  if (constraint.kind === "foreignKey") return findOrphans(table, constraint, place);
  if (constraint.kind !== "check") return findDuplicates(table, constraint.columns, place);
  const former = quoteFormer(table, [], place);
  const expression = names.expression(table, constraint.expression);
  if (former === undefined || expression === undefined) return [];
  const condition = here.expression(table, constraint.expression) ?? constraint.expression;
  const remedy = `UPDATE ${dialect.quoteName(table)} SET ... WHERE NOT (${condition})`;
  const fault = `break the check ${constraint.name ?? condition}`;
  return [{ operation, table, fault, count: countWhere(former.table, `NOT (${expression})`), remedy }];
}

function findInSingle(single: Operation | TableOperation, place: Place): readonly DataNeed[] {
  if (single.kind === "alterColumn") return [...findNulls(single, place), ...findMisfits(single, place)];
  if (single.kind === "addConstraint") return findOffenders(single.table, single.constraint, place);
  if (single.kind !== "createIndex" || !single.index.unique) return [];
  const { table, index } = single;
  const columns = index.parts.flatMap(({ column }) => column ?? []);
  return columns.length < index.parts.length ? [] : findDuplicates(table, columns, place, index.where);
}

/** Before the table deletes softly all its rows are live: its rules are asked of all of them. What was unique already needs no asking. */
function findInSoftDelete(
  { table, column, operations }: OperationMap["enableSoftDelete"],
  place: Place,
): readonly DataNeed[] {
  const isGoing = ({ kind }: TableOperation): boolean => kind.startsWith("drop");
  const former = operations.filter(isGoing).flatMap((one) => [readPlainUnique(one) ?? []]);
  return operations.flatMap((one) => {
    const rule = isGoing(one) ? undefined : readLiveRule(one, column);
    if (rule?.kind !== "liveUnique" || former.some((columns) => isSameColumns(columns, rule.columns))) return [];
    return findDuplicates(table, rule.columns, place);
  });
}

/** What a constraint or a unique index demands of rows, whatever it is called. */
function describeDemand(single: Operation): string | undefined {
  if (single.kind === "addConstraint" || single.kind === "dropConstraint") {
    const { constraint, table } = single;
    if (constraint.kind === "check") return JSON.stringify([table, constraint.expression]);
    if (constraint.kind !== "foreignKey") return JSON.stringify([table, constraint.columns]);
    return JSON.stringify([table, constraint.columns, constraint.references]);
  }
  if (single.kind !== "createIndex" && single.kind !== "dropIndex") return undefined;
  const { index, table } = single;
  return index.unique && index.where === undefined
    ? JSON.stringify([table, index.parts.map(({ column }) => column)])
    : undefined;
}

/** Everything that rows have to be like before operations can be carried out: those that are there, in whatever database. */
export function findNeeds(operations: readonly Operation[], dialect: Dialect): readonly DataNeed[] {
  const all = operations.flatMap(listChanges);
  // What was demanded before, and only gets another name, no row breaks.
  const known = new Set(
    all.flatMap((one) =>
      one.kind === "dropConstraint" || one.kind === "dropIndex" ? (describeDemand(one) ?? []) : [],
    ),
  );
  const isKnown = (one: Operation): boolean => known.has(describeDemand(one) ?? "");
  return operations.flatMap((operation, position) => {
    const before = operations.slice(0, position);
    if (operation.kind === "enableSoftDelete") {
      return findInSoftDelete(operation, { dialect, operation, names: traceNames(before), here: traceNames([]) });
    }
    const singles = listChanges(operation);
    return singles.flatMap((single, index) => {
      if (isKnown(single)) return [];
      const own = singles.slice(0, index);
      return findInSingle(single, {
        dialect,
        operation,
        names: traceNames([...before, ...own]),
        here: traceNames(own),
      });
    });
  });
}

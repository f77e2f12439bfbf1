import { isDeepStrictEqual } from "node:util";
import type { TableOperation } from "../ops/operation.ts";
import { foldSpelling } from "../ops/expression/identifiers.ts";
import { operationErrors } from "../kernel/errors/operation-errors.ts";
import { buildColumn, collectColumnConstraints } from "../schema/builder/build-table.ts";
import type { AnyColumnBuilder } from "../schema/builder/column-builder.ts";
import {
  conventionalName,
  nameConstraint,
  nameIndex,
  type NamingConvention,
} from "../schema/builder/naming-convention.ts";
import { chooseSoftDeleteColumn, planLiveParts, type LiveRules } from "../schema/builder/live-parts.ts";
import { isLiveItem, type LiveItem } from "../schema/builder/soft-delete.ts";
import type { TableItem, UnnamedIndex } from "../schema/builder/table-items.ts";
import type { Column } from "../schema/model/column.ts";
import type { Constraint, ConstraintKind } from "../schema/model/constraint.ts";
import type { DialectOptions } from "../schema/model/dialect-options.ts";
import { findColumn, type Table } from "../schema/model/table.ts";
import { changeColumn } from "./change-column.ts";
import type { AddColumnOptions, ColumnChanges, ConstraintReference } from "./operations.ts";

/** The table as it stands when the change is made; only read when the change has to know it. */
export type ReadTable = () => Promise<Table>;

/** What a request has to know about the engine. */
export interface RequestRules {
  /** Whether a unique constraint is a unique index to the engine, so that either call drops it. */
  readonly uniqueIsIndex: boolean;
  /** What it makes of rules for live rows. */
  readonly liveRules: LiveRules;
}

/** A change of one table as a revision asks for it; what it leaves out is filled in from the table. */
export type TableRequest = (table: string, read: ReadTable, rules: RequestRules) => Promise<readonly TableOperation[]>;

function requireColumn(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (!column) {
    throw operationErrors.columnNotFound({
      table: table.name,
      column: name,
      columns: table.columns.map((one) => one.name),
    });
  }
  return column;
}

/** The name of the column before another one; null for the first. */
function findPlace(table: Table, name: string): string | null {
  const position = table.columns.findIndex((column) => column.name === name);
  return table.columns[position - 1]?.name ?? null;
}

/** Adds a column, and whatever constraints its builder brings. */
export function requestAddColumn(
  name: string,
  builder: AnyColumnBuilder,
  options: AddColumnOptions,
  convention: NamingConvention,
): TableRequest {
  return async (table) => [
    { kind: "addColumn", table, column: buildColumn(name, builder), ...options },
    ...collectColumnConstraints(name, builder.description).map((constraint): TableOperation => ({
      kind: "addConstraint",
      table,
      constraint: nameConstraint(constraint, table, convention, constraint.kind === "check" ? { columns: [name] } : {}),
    })),
  ];
}

/** Drops a column and remembers what and where it was. */
export function requestDropColumn(name: string): TableRequest {
  return async (table, read) => {
    const definition = await read();
    const last = definition.columns.at(-1)?.name === name;
    const place = last ? {} : { after: findPlace(definition, name) };
    return [{ kind: "dropColumn", table, column: requireColumn(definition, name), ...place }];
  };
}

/** Renames a column. */
export function requestRenameColumn(from: string, to: string): TableRequest {
  return async (table) => [{ kind: "renameColumn", table, from, to }];
}

/** Changes what the caller names and leaves the rest of the column as it is. */
export function requestAlterColumn(name: string, changes: ColumnChanges): TableRequest {
  return async (table, read) => {
    const from = requireColumn(await read(), name);
    const { using } = changes;
    return [
      { kind: "alterColumn", table, from, to: changeColumn(from, changes), ...(using !== undefined && { using }) },
    ];
  };
}

/** Adds a constraint under its own name or the convention's. */
export function requestAddConstraint(
  constraint: Constraint,
  name: string | null,
  convention: NamingConvention,
): TableRequest {
  return async (table, read) => {
    const named = name === null ? constraint : { ...constraint, name };
    if (named.name !== undefined || named.kind !== "check") {
      return [{ kind: "addConstraint", table, constraint: nameConstraint(named, table, convention) }];
    }
    const { constraints } = await read();
    const position = constraints.filter(({ kind }) => kind === "check").length + 1;
    return [{ kind: "addConstraint", table, constraint: nameConstraint(named, table, convention, { position }) }];
  };
}

function matchesDefinition(wanted: Constraint, found: Constraint): boolean {
  if (wanted.kind !== found.kind) return false;
  if (wanted.name !== undefined) return wanted.name === found.name;
  // An engine may spell it otherwise once a column has got another name.
  if (wanted.kind === "check" && found.kind === "check")
    return foldSpelling(wanted.expression) === foldSpelling(found.expression);
  if (wanted.kind === "check" || found.kind === "check") return false;
  return wanted.columns.join("\0") === found.columns.join("\0");
}

/** The constraint of a name: its own or, where it has none, the one that the convention gives it. */
function findByName(
  constraints: readonly Constraint[],
  name: string,
  nameOf: (constraint: Constraint) => string,
): Constraint | undefined {
  return (
    constraints.find((constraint) => constraint.name === name) ??
    constraints.find((constraint) => constraint.name === undefined && nameOf(constraint) === name)
  );
}

/** The constraint of a definition: the one that says it to the letter, else one without a name, since a named one may demand the same. */
function findByDefinition(constraints: readonly Constraint[], wanted: Constraint): Constraint | undefined {
  const matching = constraints.filter((constraint) => matchesDefinition(wanted, constraint));
  return (
    matching.find((constraint) => isDeepStrictEqual(constraint, wanted)) ??
    matching.find(({ name }) => name === undefined) ??
    matching[0]
  );
}

/** Drops a constraint, found by its name or, where it has none, by the convention's name or by its definition. */
export function requestDropConstraint(
  reference: ConstraintReference,
  type: ConstraintKind | undefined,
  convention: NamingConvention,
): TableRequest {
  return async (table, read, { uniqueIsIndex }) => {
    const { constraints, indexes } = await read();
    const candidates = constraints.filter(({ kind }) => type === undefined || kind === type);
    const found =
      typeof reference === "string"
        ? findByName(candidates, reference, (constraint) => conventionalName(constraint, table, convention))
        : findByDefinition(constraints, reference);
    const index =
      uniqueIsIndex && !found ? indexes.find(({ name, unique }) => unique && name === reference) : undefined;
    if (index) return [{ kind: "dropIndex", table, index }];
    if (!found) {
      throw operationErrors.constraintNotFound({
        table,
        constraint: typeof reference === "string" ? reference : JSON.stringify(reference),
        constraints: constraints.flatMap(({ name }) => name ?? []),
      });
    }
    return [{ kind: "dropConstraint", table, constraint: found }];
  };
}

/** Makes a change that is already data, and says which table it is of. */
export function requestOperation(operation: TableOperation): TableRequest {
  return async (table) => {
    if (operation.table !== table) throw operationErrors.otherTable({ table, other: operation.table });
    return [operation];
  };
}

/** Gives a table something besides columns, in the words of `table()`. */
export function requestTableItem(item: TableItem, convention: NamingConvention): TableRequest {
  if (item.kind === "index") return requestCreateIndex(item.index, convention);
  if (item.kind === "options") return requestTableOptions(item.options);
  if (item.kind === "comment") return requestTableComment(item.comment);
  if (isLiveItem(item)) return requestLiveItem(item, convention);
  return requestAddConstraint(item, null, convention);
}

/** Adds a rule for live rows, and the column that it leans on where the table has none yet. */
function requestLiveItem(item: LiveItem, convention: NamingConvention): TableRequest {
  return async (table, read, { liveRules: rules }) => {
    const found = await read();
    const live = planLiveParts(table, [item], { column: chooseSoftDeleteColumn([item], undefined), convention, rules });
    const columns = live.columns.filter(({ name }) => !findColumn(found, name));
    return [
      ...columns.map((column): TableOperation => ({ kind: "addColumn", table, column })),
      ...live.constraints.map((constraint): TableOperation => ({ kind: "addConstraint", table, constraint })),
      ...live.indexes.map((index): TableOperation => ({ kind: "createIndex", table, index })),
    ];
  };
}

/** Creates an index under its own name or the convention's. */
export function requestCreateIndex(index: UnnamedIndex, convention: NamingConvention): TableRequest {
  return async (table) => [
    { kind: "createIndex", table, index: { ...index, name: nameIndex(index, table, convention) } },
  ];
}

/** Drops an index and remembers what it was. */
export function requestDropIndex(name: string): TableRequest {
  return async (table, read, { uniqueIsIndex }) => {
    const { indexes, constraints } = await read();
    const index = indexes.find((one) => one.name === name);
    const key = constraints.find((one) => one.kind === "unique" && one.name === name);
    if (!index && uniqueIsIndex && key) return [{ kind: "dropConstraint", table, constraint: key }];
    if (!index) throw operationErrors.indexNotFound({ table, index: name, indexes: indexes.map((one) => one.name) });
    return [{ kind: "dropIndex", table, index }];
  };
}

/** Sets or takes away the note about a table. */
export function requestTableComment(comment: string | null): TableRequest {
  return async (table, read) => [{ kind: "setTableComment", table, from: (await read()).comment ?? null, to: comment }];
}

/** Replaces the engine's own settings of a table. */
export function requestTableOptions(options: DialectOptions | null): TableRequest {
  return async (table, read) => [{ kind: "setTableOptions", table, from: (await read()).options ?? null, to: options }];
}

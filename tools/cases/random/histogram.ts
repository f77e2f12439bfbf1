import type { Operation, OperationKind } from "../../../packages/limbeck/src/ops/operation.ts";
import type { Column } from "../../../packages/limbeck/src/schema/model/column.ts";
import type { Constraint } from "../../../packages/limbeck/src/schema/model/constraint.ts";
import type { Schema } from "../../../packages/limbeck/src/schema/model/schema.ts";
import type { TableIndex } from "../../../packages/limbeck/src/schema/model/table-index.ts";
import type { Table } from "../../../packages/limbeck/src/schema/model/table.ts";

/** What has to come up in the pairs of an engine. */
export interface HistogramKinds {
  readonly objects: readonly ObjectKind[];
  readonly changes: readonly ChangeKind[];
}

/** A kind of object, for example `column NOT NULL`; of tables with options `table with strict`. */
export type ObjectKind =
  | "table"
  | `table with ${string}`
  | "column"
  | "column NOT NULL"
  | `column with a ${"constant" | "clock" | "computed"} default`
  | "column with a collation"
  | "column AUTOINCREMENT"
  | "column generated virtual"
  | "column generated stored"
  | "primary key"
  | "primary key of several columns"
  | "unique constraint"
  | "unique constraint without a name"
  | "check"
  | "check without a name"
  | "foreign key"
  | "foreign key of several columns"
  | "foreign key to its own table"
  | "foreign key with cascade"
  | "foreign key deferred"
  | "index"
  | "index unique"
  | "index partial"
  | "index descending"
  | "index of an expression"
  | "view"
  | "trigger"
  | "trigger of a view"
  | "sequence"
  /** One that is kept as its definition. */
  | `object: ${string}`;

const ASPECTS = ["type", "nullable", "default", "collation", "generated", "autoIncrement", "comment"] as const;

/** A kind of change, for example `addConstraint check`. */
export type ChangeKind =
  | Exclude<OperationKind, "addConstraint" | "dropConstraint" | "alterColumn" | "alterTable">
  | `${"add" | "drop"}Constraint ${Constraint["kind"]}`
  | `alterColumn: ${(typeof ASPECTS)[number]}`;

type Finding<Kind extends string> = readonly [kind: Kind, isThere: boolean];

const pick = <Kind extends string>(findings: readonly Finding<Kind>[]): readonly Kind[] =>
  findings.filter(([, isThere]) => isThere).map(([kind]) => kind);

const listColumn = ({ nullable, default: given, collation, autoIncrement, generated }: Column): readonly ObjectKind[] =>
  pick([
    ["column", true],
    ["column NOT NULL", !nullable],
    ["column with a constant default", given?.kind === "value"],
    ["column with a clock default", given?.kind === "now"],
    ["column with a computed default", given?.kind === "expression"],
    ["column with a collation", collation !== undefined],
    ["column AUTOINCREMENT", autoIncrement === true],
    ["column generated virtual", generated?.storage === "virtual"],
    ["column generated stored", generated?.storage === "stored"],
  ]);

function listConstraint(table: string, constraint: Constraint): readonly ObjectKind[] {
  const { kind, name } = constraint;
  const isForeignKey = kind === "foreignKey";
  return pick([
    ["primary key", kind === "primaryKey"],
    ["primary key of several columns", kind === "primaryKey" && constraint.columns.length > 1],
    ["unique constraint", kind === "unique"],
    ["unique constraint without a name", kind === "unique" && name === undefined],
    ["check", kind === "check"],
    ["check without a name", kind === "check" && name === undefined],
    ["foreign key", isForeignKey],
    ["foreign key of several columns", isForeignKey && constraint.columns.length > 1],
    ["foreign key to its own table", isForeignKey && constraint.references.table === table],
    ["foreign key with cascade", isForeignKey && constraint.onDelete === "cascade"],
    ["foreign key deferred", isForeignKey && constraint.deferrable === "initially deferred"],
  ]);
}

const listIndex = ({ unique, where, parts }: TableIndex): readonly ObjectKind[] =>
  pick([
    ["index", true],
    ["index unique", unique],
    ["index partial", where !== undefined],
    ["index descending", parts.some(({ order }) => order === "desc")],
    ["index of an expression", parts.some(({ expression }) => expression !== undefined)],
  ]);

const listTable = ({ name, columns, constraints, indexes, options }: Table): readonly ObjectKind[] => [
  ...pick<ObjectKind>([["table", true]]),
  ...Object.values(options ?? {}).flatMap((own) =>
    Object.keys(own).map((option): ObjectKind => `table with ${option}`),
  ),
  ...columns.flatMap(listColumn),
  ...constraints.flatMap((constraint) => listConstraint(name, constraint)),
  ...indexes.flatMap(listIndex),
];

/** The kinds of all objects of a schema. */
export function listObjects({ tables, views, triggers, sequences, objects }: Schema): readonly ObjectKind[] {
  const ofViews = triggers.filter(({ table }) => views.some(({ name }) => name === table));
  return [
    ...tables.flatMap(listTable),
    ...views.map((): ObjectKind => "view"),
    ...triggers.map((): ObjectKind => "trigger"),
    ...ofViews.map((): ObjectKind => "trigger of a view"),
    ...sequences.map((): ObjectKind => "sequence"),
    ...objects.map(({ kind }): ObjectKind => `object: ${kind}`),
  ];
}

function listChange(operation: Operation): readonly ChangeKind[] {
  switch (operation.kind) {
    case "alterTable":
      return operation.operations.flatMap(listChange);
    case "addConstraint":
    case "dropConstraint":
      return [`${operation.kind} ${operation.constraint.kind}`];
    case "alterColumn": {
      const { from, to } = operation;
      const changed = ASPECTS.filter((aspect) => JSON.stringify(from[aspect]) !== JSON.stringify(to[aspect]));
      return changed.map((aspect): ChangeKind => `alterColumn: ${aspect}`);
    }
    default:
      return [operation.kind];
  }
}

/** The kinds of all changes, those in batches one by one. */
export function listChanges(operations: readonly Operation[]): readonly ChangeKind[] {
  return operations.flatMap(listChange);
}

/** How often each kind came up. */
export type Histogram = ReadonlyMap<string, number>;

/** Counts words, on top of what was counted before; words that never came up are there with 0. */
export function countKinds(kinds: readonly string[], found: readonly string[]): Histogram {
  const counts = new Map<string, number>(kinds.map((kind) => [kind, 0]));
  for (const kind of found) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** A line for each kind, with a bar. */
export function renderHistogram(histogram: Histogram): string {
  const most = Math.max(...histogram.values(), 1);
  return [...histogram]
    .map(([kind, count]) => {
      const bar = "#".repeat(Math.ceil((20 * Math.log1p(count)) / Math.log1p(most)));
      return `  ${kind.padEnd(34)} ${String(count).padStart(6)}  ${bar}`;
    })
    .join("\n");
}

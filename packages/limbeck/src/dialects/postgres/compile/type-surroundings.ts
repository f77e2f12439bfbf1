import { mentionsIdentifier } from "../../../ops/expression/identifiers.ts";
import type { Operation } from "../../../ops/operation.ts";
import type { Constraint } from "../../../schema/model/constraint.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import type { TableIndex } from "../../../schema/model/table-index.ts";
import type { Table } from "../../../schema/model/table.ts";
import { TYPE_KINDS } from "./dependent-types.ts";
import { constrains, indexes } from "./generated-columns.ts";
import { holdAside } from "./hold-aside.ts";
import { renderDefault } from "./render-default.ts";
import type { TypeColumn } from "./type-columns.ts";
import { createFinder, findCalled, splitLate, type FindWords } from "./type-words.ts";

/** A column with its table. */
export type OwnColumn = Pick<TypeColumn, "table" | "column">;

/** What stands in the way of types that are made anew. */
export interface TypeSurroundings {
  /** Constraints and indexes: what takes them away. */
  readonly parts: readonly Operation[];
  /** Columns with defaults. */
  readonly defaults: readonly OwnColumn[];
  /** Views, triggers and objects. */
  readonly early: readonly Operation[];
  /** Generated columns of each table; with them goes what speaks of them. */
  readonly computed: readonly (readonly [table: Table, columns: readonly string[]])[];
  /** Functions that go when the generated columns have gone. */
  readonly late: readonly Operation[];
}

/** What has to go and come back: columns of a table, and words of the types and the functions that go. */
interface Disturbed {
  readonly columns: readonly string[];
  readonly uses: FindWords;
}

const speaksOf = (texts: readonly (string | undefined)[], { columns, uses }: Disturbed): boolean =>
  texts.some(
    (text) => text !== undefined && (uses(text) || columns.some((column) => mentionsIdentifier(text, column))),
  );

function isBound(constraint: Constraint, disturbed: Disturbed): boolean {
  if (constraint.kind === "check") return speaksOf([constraint.expression], disturbed);
  return constraint.kind === "foreignKey" && constraint.columns.some((column) => disturbed.columns.includes(column));
}

/** An index of plain columns follows the change of their type; a condition or an expression speaks of the old one. */
const isOfTexts = ({ where, parts }: TableIndex, disturbed: Disturbed): boolean =>
  speaksOf([where, ...parts.map(({ expression }) => expression)], disturbed);

/**
 * The constraints and indexes of a table that have to go meanwhile.
 *
 * @param gone generated columns that go and come back, with what speaks of them
 */
function listParts(table: Table, disturbed: Disturbed, gone: readonly string[]): readonly Operation[] {
  return [
    ...table.constraints
      .filter((constraint) => isBound(constraint, disturbed) && !gone.some((column) => constrains(constraint, column)))
      .map((constraint): Operation => ({ kind: "dropConstraint", table: table.name, constraint })),
    ...table.indexes
      .filter((index) => isOfTexts(index, disturbed) && !gone.some((column) => indexes(index, column)))
      .map((index): Operation => ({ kind: "dropIndex", table: table.name, index })),
  ];
}

/** The columns of tables that are computed from columns of the types, or into them, or with what goes. */
function listComputed(
  { tables }: Schema,
  columns: readonly TypeColumn[],
  uses: FindWords,
): readonly (readonly [table: Table, columns: readonly string[]])[] {
  const byTable = Map.groupBy(columns, ({ table }) => table);
  return tables.map((table) => {
    const own = (byTable.get(table) ?? []).map(({ column }) => column.name);
    const computed = table.columns.filter(
      ({ name, generated }) =>
        generated && (own.includes(name) || speaksOf([generated.expression], { columns: own, uses })),
    );
    return [table, computed.map(({ name }) => name)] as const;
  });
}

/**
 * Finds what has to go while types are made anew, and to come back: what speaks of them, of columns of them, or calls a function that has to go for that reason.
 *
 * @param columns those of the types
 */
export function findSurroundings(
  before: Schema,
  types: readonly string[],
  columns: readonly TypeColumn[],
): TypeSurroundings {
  const hold = (others: readonly (readonly [Table, readonly string[]])[]): readonly Operation[] =>
    holdAside(
      before,
      {
        relations: types,
        columns: [
          ...columns.map(({ table, column }) => ({ table: table.name, name: column.name })),
          ...others.flatMap(([table, gone]) => gone.map((one) => ({ table: table.name, name: one }))),
        ],
      },
      (drop) => drop.kind === "dropObject" && TYPE_KINDS.includes(drop.object.kind) && types.includes(drop.object.name),
    ).drops;
  const uses = createFinder(types, hold([]).flatMap(findCalled));
  const computed = listComputed(before, columns, uses);
  const drops = hold(computed);
  const expressions = computed.flatMap(([table, gone]) =>
    table.columns.flatMap((column) => (gone.includes(column.name) ? (column.generated?.expression ?? []) : [])),
  );
  const [early, late] = splitLate(drops, expressions);
  const parts = computed.flatMap(([table, gone]) => {
    const own = columns.filter((one) => one.table === table).map(({ column }) => column.name);
    return listParts(table, { columns: own, uses }, gone);
  });
  const defaults = before.tables.flatMap((table) =>
    table.columns.flatMap((column): readonly OwnColumn[] => {
      const value = column.generated ? undefined : renderDefault(column);
      const isOwn = columns.some((one) => one.table === table && one.column === column);
      return value !== undefined && (isOwn || uses(value)) ? [{ table, column }] : [];
    }),
  );
  return { parts, defaults, early, computed, late };
}

import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import { describeOperation } from "../../../ops/describe/describe-operation.ts";
import { mentionsIdentifier } from "../../../ops/expression/identifiers.ts";
import type { Operation, OperationTable } from "../../../ops/operation.ts";
import { reverseOperation } from "../../../ops/reverse/reverse-operation.ts";
import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import type { Constraint } from "../../../schema/model/constraint.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import type { TableIndex } from "../../../schema/model/table-index.ts";
import type { Table } from "../../../schema/model/table.ts";
import { joinName, quoteName, splitName } from "../names.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { listDependentTypes, nameOld, TYPE_KINDS } from "./dependent-types.ts";
import { splitDefinition } from "./split-definition.ts";
import { addGenerated, constrains, dropGenerated, findGeneratedFrom, indexes } from "./generated-columns.ts";
import { compileEach, holdAside } from "./hold-aside.ts";
import { renderDefault } from "./render-default.ts";
import { findTypeColumns, type TypeColumn } from "./type-columns.ts";

/** Rows that hold a value which goes stop the change, with their number. */
function guardRows({ table, column, isArray }: TypeColumn, removed: readonly string[]): Statement {
  const own = quoteIdentifier(column.name);
  const values = removed.map(quoteText).join(", ");
  const condition = isArray ? `${own}::text[] && ARRAY[${values}]` : `${own}::text IN (${values})`;
  return {
    sql: `SELECT count(*) AS rows FROM ${quoteName(table.name)} WHERE ${condition} HAVING count(*) > 0`,
    guard: `Rows of ${table.name} hold ${removed.join(", ")} in ${column.name}, and that is to go.`,
  };
}

/** What a column holds goes from type to type as text, in which attributes are told apart by their places only. */
function guardAttributes(name: string, { table, column }: TypeColumn): Statement {
  const own = quoteIdentifier(column.name);
  return {
    sql: `SELECT count(*) AS rows FROM ${quoteName(table.name)} WHERE ${own} IS NOT NULL HAVING count(*) > 0`,
    guard:
      `Rows of ${table.name} hold values of ${name} in ${column.name}, whose attributes go or get other places; ` +
      "write the change with ALTER TYPE by hand, or take the values away first.",
  };
}

const begin = ({ table, column }: TypeColumn): string =>
  `ALTER TABLE ${quoteName(table.name)} ALTER COLUMN ${quoteIdentifier(column.name)}`;

function changeType(one: TypeColumn, name: string): readonly Statement[] {
  const type = `${quoteName(name)}${one.isArray ? "[]" : ""}`;
  const using = `${quoteIdentifier(one.column.name)}::text${one.isArray ? "[]" : ""}::${type}`;
  const value = renderDefault(one.column);
  return [
    ...(value === undefined ? [] : [{ sql: `${begin(one)} DROP DEFAULT` }]),
    { sql: `${begin(one)} TYPE ${type} USING ${using}` },
  ];
}

function giveDefault(one: TypeColumn): readonly Statement[] {
  const value = renderDefault(one.column);
  return value === undefined ? [] : [{ sql: `${begin(one)} SET DEFAULT ${value}` }];
}

const speaksOf = (texts: readonly (string | undefined)[], columns: readonly string[]): boolean =>
  texts.some((text) => text !== undefined && columns.some((column) => mentionsIdentifier(text, column)));

function isBound(constraint: Constraint, columns: readonly string[]): boolean {
  if (constraint.kind === "check") return speaksOf([constraint.expression], columns);
  return constraint.kind === "foreignKey" && constraint.columns.some((column) => columns.includes(column));
}

/** An index of plain columns follows the change of their type; a condition or an expression speaks of the old one. */
const isOfTexts = ({ where, parts }: TableIndex, columns: readonly string[]): boolean =>
  speaksOf([where, ...parts.map(({ expression }) => expression)], columns);

/**
 * The constraints and indexes of a table that have to go meanwhile.
 *
 * @param gone generated columns that go and come back, with what speaks of them
 */
function listParts(table: Table, columns: readonly string[], gone: readonly string[]): readonly Operation[] {
  return [
    ...table.constraints
      .filter((constraint) => isBound(constraint, columns) && !gone.some((column) => constrains(constraint, column)))
      .map((constraint): Operation => ({ kind: "dropConstraint", table: table.name, constraint })),
    ...table.indexes
      .filter((index) => isOfTexts(index, columns) && !gone.some((column) => indexes(index, column)))
      .map((index): Operation => ({ kind: "dropIndex", table: table.name, index })),
  ];
}

/** @throws OperationError (enumValueInUse) when something that would have to come back speaks of a value that goes */
function refuseUsed(name: string, removed: readonly string[], held: readonly (readonly [string, string])[]): void {
  for (const value of removed) {
    const found = held.find(([, text]) => text.includes(quoteText(value)));
    if (found) throw operationErrors.enumValueInUse({ name, value, place: found[0] });
  }
}

/** A type that is to be another one. */
export interface TypeChange {
  readonly name: string;
  /** As the model keeps it; undefined for an enum. */
  readonly from?: DefinedObject;
  /** What makes the new type. */
  readonly create: readonly Statement[];
  /** Values that no row may hold any more. Default: none. */
  readonly removed?: readonly string[];
}

/** Gives a type the name under which it waits for its end. */
const setAside = (name: string): Statement => ({
  sql: `ALTER TYPE ${quoteName(name)} RENAME TO ${quoteIdentifier(nameOld(name))}`,
});

/** A range type has functions of its name, which no other one can have beside it: so what it holds is text meanwhile. */
function toText(one: TypeColumn): readonly Statement[] {
  const list = one.isArray ? "[]" : "";
  return [
    ...(renderDefault(one.column) === undefined ? [] : [{ sql: `${begin(one)} DROP DEFAULT` }]),
    { sql: `${begin(one)} TYPE text${list} USING ${quoteIdentifier(one.column.name)}::text${list}` },
  ];
}

function dropOld(name: string): Statement {
  const { schema } = splitName(name);
  return { sql: `DROP TYPE ${quoteName(joinName({ schema, name: nameOld(name) }))}` };
}

/** The columns of each table that are computed from columns of the types, or into them. */
function listComputed(
  byTable: ReadonlyMap<Table, readonly TypeColumn[]>,
  schema: Schema,
): readonly (readonly [table: Table, columns: readonly string[]])[] {
  return [...byTable].map(([table, own]) => {
    const sources = own.flatMap(({ column }) => findGeneratedFrom(table.name, column.name, schema));
    const generated = own.flatMap(({ column }) => (column.generated ? column.name : []));
    return [table, [...new Set([...sources, ...generated])]] as const;
  });
}

/**
 * Makes a type anew, and the types that are made of it, and changes every column of them to the new ones: what stands in the way, views, checks and the like, goes
 * and comes back.
 *
 * @param compile what becomes of what stands in the way
 */
export function rebuildType(
  { name, from, create, removed = [] }: TypeChange,
  context: CompileContext,
  compile: OperationTable<readonly Statement[], [CompileContext]>,
): readonly Statement[] {
  const { before } = context;
  const dependents = listDependentTypes(before, name);
  const types = [name, ...dependents.map((one) => one.name)];
  const isByText = [from, ...dependents].some((one) => one?.kind === "range type");
  const columns = types.flatMap((type) => findTypeColumns(before, type).map((column) => ({ ...column, type })));
  const byTable = Map.groupBy(columns, ({ table }) => table);
  const computed = listComputed(byTable, before);
  const disturbance = {
    relations: types,
    columns: [
      ...columns.map(({ table, column }) => ({ table: table.name, name: column.name })),
      ...computed.flatMap(([table, gone]) => gone.map((one) => ({ table: table.name, name: one }))),
    ],
  };
  const aside = holdAside(
    before,
    disturbance,
    (drop) => drop.kind === "dropObject" && TYPE_KINDS.includes(drop.object.kind) && types.includes(drop.object.name),
  );
  const plain = columns.filter(({ column }) => !column.generated);
  const parts = [...byTable].flatMap(([table, own]) => {
    const names = own.map(({ column }) => column.name);
    return listParts(table, names, computed.find(([other]) => other === table)?.[1] ?? []);
  });
  refuseUsed(name, removed, [
    ...plain.map(
      (one) => [`the default of ${one.table.name}.${one.column.name}`, renderDefault(one.column) ?? ""] as const,
    ),
    ...dependents.map((one) => [`${one.kind} ${one.name}`, one.definition] as const),
    ...[...aside.creations, ...parts].map((one) => [describeOperation(one), JSON.stringify(one)] as const),
  ]);
  return [
    ...(removed.length === 0 ? [] : plain.map((one) => guardRows(one, removed))),
    ...(from?.kind === "composite type" ? plain.map((one) => guardAttributes(name, one)) : []),
    ...compileEach(aside.drops, context, compile),
    ...compileEach(parts, context, compile),
    ...computed.flatMap(([table, gone]) => dropGenerated(table.name, gone)),
    ...(isByText
      ? [...plain.flatMap(toText), ...types.toReversed().map((type) => ({ sql: `DROP TYPE ${quoteName(type)}` }))]
      : types.flatMap(setAside)),
    ...create,
    ...dependents.flatMap((one) => splitDefinition(one)),
    ...plain.flatMap((one) => changeType(one, one.type)),
    ...(isByText ? [] : types.toReversed().map(dropOld)),
    ...plain.flatMap(giveDefault),
    ...computed.flatMap(([table, gone]) => addGenerated(table.name, gone, before, context.serverVersion)),
    ...compileEach(parts.toReversed().map(reverseOperation), context, compile),
    ...compileEach(aside.creations, context, compile),
  ];
}

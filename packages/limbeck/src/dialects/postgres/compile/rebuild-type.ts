import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import { describeOperation } from "../../../ops/describe/describe-operation.ts";
import type { Operation, OperationTable } from "../../../ops/operation.ts";
import { reverseOperation } from "../../../ops/reverse/reverse-operation.ts";
import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import { joinName, quoteName, splitName } from "../names.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { resolveDomain } from "../values/resolve-domain.ts";
import { findValueKind } from "../values/value-kind.ts";
import { guardBlanks } from "./alter-type.ts";
import { listDependentTypes, nameOld } from "./dependent-types.ts";
import { splitDefinition } from "./split-definition.ts";
import { addGenerated, dropGenerated } from "./generated-columns.ts";
import { compileEach } from "./hold-aside.ts";
import { renderDefault } from "./render-default.ts";
import { findTypeColumns, type TypeColumn } from "./type-columns.ts";
import { findSurroundings, type OwnColumn } from "./type-surroundings.ts";

/** Rows that hold a value which goes stop the change, with their number. */
function guardRows({ table, column, isArray }: TypeColumn, removed: readonly string[]): Statement {
  const own = quoteIdentifier(column.name);
  const values = removed.map(quoteText).join(", ");
  const condition = isArray ? `${own}::text[] && ARRAY[${values}]` : `${own}::text IN (${values})`;
  return {
    sql: `SELECT count(*) AS rows FROM ${quoteName(table.name)} WHERE ${condition} HAVING count(*) > 0`,
    guard: `rows of ${table.name} hold ${removed.join(", ")} in ${column.name}, and that is to go`,
  };
}

/** What a column holds goes from type to type as text, in which attributes are told apart by their places only. */
function guardAttributes(name: string, { table, column }: TypeColumn): Statement {
  const own = quoteIdentifier(column.name);
  return {
    sql: `SELECT count(*) AS rows FROM ${quoteName(table.name)} WHERE ${own} IS NOT NULL HAVING count(*) > 0`,
    guard:
      `rows of ${table.name} hold values of ${name} in ${column.name}, whose attributes go or get other places; ` +
      "write the change with ALTER TYPE by hand, or take the values away first",
  };
}

const begin = ({ table, column }: OwnColumn): string =>
  `ALTER TABLE ${quoteName(table.name)} ALTER COLUMN ${quoteIdentifier(column.name)}`;

/**
 * The steps from type to type, by way of text. A cast to a domain that is written down would cut text and bits that are too long, where the server by itself refuses
 * them.
 */
function listCasts({ column, isArray }: TypeColumn, type: string, { objects }: Schema): readonly string[] {
  const base = findValueKind(resolveDomain(column.type, objects));
  const { family } = (base?.family === "list" ? base.element : base) ?? {};
  // A domain may be made of lists itself.
  const list = isArray || base?.family === "list" ? "[]" : "";
  if (family === "text") return [`text${list}`];
  if (family === "bits") return [`text${list}`, `bit varying${list}`];
  const own = isArray ? "[]" : "";
  return [`text${own}`, `${type}${own}`];
}

function changeType(one: TypeColumn, name: string, after: Schema): Statement {
  const type = quoteName(name);
  const value = listCasts(one, type, after).reduce((sql, cast) => `${sql}::${cast}`, quoteIdentifier(one.column.name));
  return { sql: `${begin(one)} TYPE ${type}${one.isArray ? "[]" : ""} USING ${value}` };
}

/** Blanks at the end are what the server would cut all the same. */
function guardTexts({ table, column }: TypeColumn, { before, after }: CompileContext): readonly Statement[] {
  const [from, to] = [before, after].map(({ objects }) => resolveDomain(column.type, objects));
  return from && to ? guardBlanks(table.name, { ...column, type: from }, to) : [];
}

const dropDefault = (one: OwnColumn): Statement => ({ sql: `${begin(one)} DROP DEFAULT` });

const giveDefault = (one: OwnColumn): Statement => ({
  sql: `${begin(one)} SET DEFAULT ${renderDefault(one.column) ?? "NULL"}`,
});

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
function toText(one: TypeColumn): Statement {
  const list = one.isArray ? "[]" : "";
  return { sql: `${begin(one)} TYPE text${list} USING ${quoteIdentifier(one.column.name)}::text${list}` };
}

function dropOld(name: string): Statement {
  const { schema } = splitName(name);
  return { sql: `DROP TYPE ${quoteName(joinName({ schema, name: nameOld(name) }))}` };
}

const bringBack = (drops: readonly Operation[]): readonly Operation[] => drops.toReversed().map(reverseOperation);

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
  const { early, late, computed, parts, defaults } = findSurroundings(before, types, columns);
  const plain = columns.filter(({ column }) => !column.generated);
  refuseUsed(name, removed, [
    ...defaults.map(
      (one) => [`the default of ${one.table.name}.${one.column.name}`, renderDefault(one.column) ?? ""] as const,
    ),
    ...dependents.map((one) => [`${one.kind} ${one.name}`, one.definition] as const),
    ...[...bringBack([...early, ...late]), ...parts].map(
      (one) => [describeOperation(one), JSON.stringify(one)] as const,
    ),
  ]);
  return [
    ...(removed.length === 0 ? [] : plain.map((one) => guardRows(one, removed))),
    ...(from?.kind === "composite type" ? plain.map((one) => guardAttributes(name, one)) : []),
    ...plain.flatMap((one) => guardTexts(one, context)),
    ...compileEach(parts, context, compile),
    ...defaults.map(dropDefault),
    ...compileEach(early, context, compile),
    ...computed.flatMap(([table, gone]) => dropGenerated(table.name, gone)),
    ...compileEach(late, context, compile),
    ...(isByText
      ? [...plain.map(toText), ...types.toReversed().map((type) => ({ sql: `DROP TYPE ${quoteName(type)}` }))]
      : types.flatMap(setAside)),
    ...create,
    ...dependents.flatMap((one) => splitDefinition(one)),
    ...plain.map((one) => changeType(one, one.type, context.after)),
    ...(isByText ? [] : types.toReversed().map(dropOld)),
    ...compileEach(bringBack(late), context, compile),
    ...computed.flatMap(([table, gone]) => addGenerated(table.name, gone, before, context.serverVersion)),
    ...compileEach(bringBack(early), context, compile),
    ...defaults.map(giveDefault),
    ...compileEach(bringBack(parts), context, compile),
  ];
}

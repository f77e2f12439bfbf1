import type { DefinedObject } from "../model/defined-object.ts";
import type { EnumType } from "../model/enum-type.ts";
import type { Sequence } from "../model/sequence.ts";
import type { ColumnBuilder } from "./column-builder.ts";
import { raw } from "./column-types.ts";
import { MODEL_KIND } from "./model-kind.ts";
import { listOptions, refuseUnknownOptions } from "./refuse-unknown-options.ts";
import { requireText, requireTexts } from "./require-argument.ts";

/** An enum of the models. */
export interface EnumDefinition<Value extends string = string> {
  readonly [MODEL_KIND]: "enum";
  readonly enum: EnumType;
  /** A column that holds one of the values; read as `string`, one of them. */
  readonly column: () => ColumnBuilder<Value>;
}

/** A sequence of the models. */
export interface SequenceDefinition {
  readonly [MODEL_KIND]: "sequence";
  readonly sequence: Sequence;
}

/** A function, a domain, a policy... of the models. */
export interface ObjectDefinition {
  readonly [MODEL_KIND]: "object";
  readonly object: DefinedObject;
}

const isPlainName = (name: string): boolean => /^[a-z_][a-z0-9_]*$/.test(name);

/** A name as it stands in SQL as a type; parts that are quoted stay so. */
function writeTypeName(name: string): string {
  const parts = name.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [name];
  return parts.map((part) => (part.startsWith('"') || isPlainName(part) ? part : `"${part}"`)).join(".");
}

/**
 * Describes a type whose values are a few names, for engines that have enums.
 *
 * @param name the type's name in the database
 * @param values in the order in which they compare
 * @example
 * export const status = enumType("status", ["open", "done"]);
 * export const todos = table("todos", { status: status.column().notNull().default("open") });
 */
export function enumType<const Value extends string>(name: string, values: readonly Value[]): EnumDefinition<Value> {
  requireText("enumType", name, "the name of a type");
  requireTexts("enumType", values, "a list of texts behind the name");
  return {
    [MODEL_KIND]: "enum",
    enum: { name, values },
    column: () => raw<Value>(writeTypeName(name)),
  };
}

const SEQUENCE_OPTIONS = listOptions<Omit<Sequence, "name">>({
  type: true,
  start: true,
  increment: true,
  minimum: true,
  maximum: true,
  cache: true,
  cycle: true,
  unlogged: true,
  ownedBy: true,
  options: true,
});

/**
 * Describes a sequence that no numbered column brings along.
 *
 * @param options how it counts; numbers are text. Default: by one from 1
 * @example
 * export const orderNumbers = sequence("order_numbers", { start: "1000" });
 */
export function sequence(name: string, options: Omit<Sequence, "name"> = {}): SequenceDefinition {
  requireText("sequence", name, "the name of a sequence");
  refuseUnknownOptions("sequence", options, SEQUENCE_OPTIONS);
  return { [MODEL_KIND]: "sequence", sequence: { name, ...options } };
}

const OBJECT_OPTIONS = listOptions<Pick<DefinedObject, "table">>({ table: true });

/**
 * Describes a function, a domain, a policy or whatever else the engine keeps as a definition, by the statement that creates it.
 *
 * @param kind the engine's word for it, for example `function`
 * @param name what tells it from others of its kind, as `limbeck diff` writes it
 * @param definition the statement that creates it
 * @param options `table` is the table or view with which it is dropped
 * @example
 * export const add = definedObject("function", "add(integer, integer)", "CREATE FUNCTION add(integer, integer) ...");
 */
export function definedObject(
  kind: string,
  name: string,
  definition: string,
  options: { readonly table?: string } = {},
): ObjectDefinition {
  for (const value of [kind, name, definition])
    requireText("definedObject", value, "a kind, a name and the statement that creates it, each as text");
  refuseUnknownOptions("definedObject", options, OBJECT_OPTIONS);
  return { [MODEL_KIND]: "object", object: { kind, name, definition, ...options } };
}

import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { DialectOptions } from "../model/dialect-options.ts";
import type { Trigger, View } from "../model/schema.ts";
import type { AnyColumnBuilder } from "./column-builder.ts";
import type { TableParts } from "./build-table.ts";
import { checkColumns } from "./check-columns.ts";
import { checkItems } from "./check-items.ts";
import { requireText, requireTexts } from "./require-argument.ts";
import { isPlainObject, listOptions, refuseUnknownOptions, showArgument } from "./refuse-unknown-options.ts";
import { MODEL_KIND } from "./model-kind.ts";
import type { EnumDefinition, ObjectDefinition, SequenceDefinition } from "./object-definitions.ts";
import type { TableItem } from "./table-items.ts";

/** The columns of a table, keyed by name. */
export type ColumnBuilders = Readonly<Record<string, AnyColumnBuilder>>;

/** A table of the models, with the types of its columns. */
export interface TableDefinition<
  Name extends string = string,
  Columns extends ColumnBuilders = ColumnBuilders,
> extends TableParts {
  readonly [MODEL_KIND]: "table";
  readonly name: Name;
  readonly columns: Columns;
}

/** A view of the models. */
export interface ViewDefinition {
  readonly [MODEL_KIND]: "view";
  readonly view: View;
}

/** A trigger of the models. */
export interface TriggerDefinition {
  readonly [MODEL_KIND]: "trigger";
  readonly trigger: Trigger;
}

/** Anything that a models file may export for Limbeck. */
export type ModelDefinition =
  | TableDefinition
  | ViewDefinition
  | TriggerDefinition
  | EnumDefinition
  | SequenceDefinition
  | ObjectDefinition;

/**
 * Describes a table; export it from the file that `models` in the config points to.
 *
 * @param name the table's name in the database
 * @param columns a builder per column, in the order the table has them
 * @param items constraints over several columns, indexes, options, a comment
 * @throws OperationError (wrongArgument) when something else stands there
 *
 * @example
 * export const todos = table(
 *   "todos",
 *   { id: integer().primaryKey().autoIncrement(), title: varchar(255).notNull(), list_id: integer() },
 *   [index(["list_id"])],
 * );
 */
export function table<Name extends string, Columns extends ColumnBuilders>(
  name: Name,
  columns: Columns,
  items: readonly TableItem[] = [],
): TableDefinition<Name, Columns> {
  requireText("table", name, "the name of a table");
  checkColumns("table", columns);
  checkItems("table", items);
  return { [MODEL_KIND]: "table", name, columns, items };
}

const VIEW_OPTIONS = listOptions<Omit<View, "name" | "definition">>({ columns: true, options: true });

/**
 * Describes a view by its query.
 *
 * @param options `columns`: their names, where the query does not name them; `options`: settings that only one engine knows
 */
export function view(
  name: string,
  definition: string,
  options: { readonly columns?: readonly string[]; readonly options?: DialectOptions } = {},
): ViewDefinition {
  requireText("view", name, "the name of a view");
  requireText("view", definition, "the text of a query behind the name");
  refuseUnknownOptions("view", options, VIEW_OPTIONS);
  if (options.columns !== undefined) requireTexts("view", options.columns, "a list of names as its columns");
  return { [MODEL_KIND]: "view", view: { name, definition, ...options } };
}

const TRIGGER_OPTIONS = listOptions<Omit<Trigger, "name">>({ table: true, definition: true });

/** Describes a trigger by the statement that creates it, in the engine's words. */
export function trigger(
  name: string,
  options: { readonly table: string; readonly definition: string },
): TriggerDefinition {
  requireText("trigger", name, "the name of a trigger");
  const expected = "the name of a table and the statement that creates it, as { table, definition }";
  if (!isPlainObject(options))
    throw operationErrors.wrongArgument({ method: "trigger", expected, found: showArgument(options) });
  refuseUnknownOptions("trigger", options, TRIGGER_OPTIONS);
  for (const value of [options.table, options.definition]) requireText("trigger", value, expected);
  return { [MODEL_KIND]: "trigger", trigger: { name, ...options } };
}

/** Which kind of model a value is, or undefined when it is none. */
export function modelKindOf(value: unknown): ModelDefinition[typeof MODEL_KIND] | undefined {
  if (typeof value !== "object" || value === null || !(MODEL_KIND in value)) return undefined;
  // Only our own functions use the symbol, and they always set it to one of the kinds.
  return (value as ModelDefinition)[MODEL_KIND];
}

/** Whether a value was made by `table()`, `view()` and the like. */
export function isModelDefinition(value: unknown): value is ModelDefinition {
  return modelKindOf(value) !== undefined;
}

import type { DefinedObject } from "./defined-object.ts";
import type { DialectOptions } from "./dialect-options.ts";
import type { EnumType } from "./enum-type.ts";
import type { Sequence } from "./sequence.ts";
import type { Table } from "./table.ts";

/** A view: a named query. */
export interface View {
  readonly name: string;
  /** Column names given before AS; absent when the query names them. */
  readonly columns?: readonly string[];
  /** The query, SQL text. */
  readonly definition: string;
  readonly options?: DialectOptions;
}

/** A trigger, kept as the statement that creates it. */
export interface Trigger {
  readonly name: string;
  /** The table or view it belongs to. */
  readonly table: string;
  /** The whole CREATE TRIGGER statement, without the final semicolon. */
  readonly definition: string;
}

/** Everything that a database holds besides rows, as immutable, JSON-able data; references go by name. */
export interface Schema {
  readonly tables: readonly Table[];
  readonly views: readonly View[];
  readonly triggers: readonly Trigger[];
  readonly enums: readonly EnumType[];
  /** Those that stand on their own; a column that numbers its rows brings its own. */
  readonly sequences: readonly Sequence[];
  /** Everything else that the engine can say how to create. */
  readonly objects: readonly DefinedObject[];
}

/** A schema with nothing in it. */
export const EMPTY_SCHEMA: Schema = Object.freeze({
  tables: [],
  views: [],
  triggers: [],
  enums: [],
  sequences: [],
  objects: [],
});

/** The table of that name, if the schema has it. */
export function findTable(schema: Schema, name: string): Table | undefined {
  return schema.tables.find((table) => table.name === name);
}

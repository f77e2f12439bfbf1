import type { ColumnBuilder, ColumnTraits } from "./column-builder.ts";
import type { ColumnBuilders, TableDefinition } from "./table-definition.ts";

/**
 * What a column gives when read and takes when written. It has the shape of Kysely's type of the same name,
 * so that Kysely understands it without Limbeck depending on Kysely.
 */
export interface ColumnType<Select, Insert, Update> {
  readonly __select__: Select;
  readonly __insert__: Insert;
  readonly __update__: Update;
}

type OrNull<Value, Traits extends ColumnTraits> = Traits["nullable"] extends true ? Value | null : Value;

type InsertValue<Value, Traits extends ColumnTraits> = Traits["generated"] extends true
  ? never
  : Traits["hasDefault"] extends true
    ? OrNull<Value, Traits> | undefined
    : Traits["nullable"] extends true
      ? Value | null | undefined
      : Value;

type UpdateValue<Value, Traits extends ColumnTraits> = Traits["generated"] extends true ? never : OrNull<Value, Traits>;

/** The type of one column for Kysely. */
export type InferColumn<Builder> =
  Builder extends ColumnBuilder<infer Value, infer Traits>
    ? ColumnType<OrNull<Value, Traits>, InsertValue<Value, Traits>, UpdateValue<Value, Traits>>
    : never;

/** The type of a table's rows for Kysely. */
export type InferTable<Definition> =
  Definition extends TableDefinition<string, infer Columns extends ColumnBuilders>
    ? { readonly [Name in keyof Columns]: InferColumn<Columns[Name]> }
    : never;

type TableNames<Models> = {
  [Export in keyof Models]: Models[Export] extends TableDefinition<infer Name, ColumnBuilders> ? Name : never;
}[keyof Models];

/**
 * The Kysely `Database` type of a models file. It says what rows hold after Limbeck's codec: a `Date` for timestamps,
 * `boolean` for booleans, `bigint` for bigint, `string` for decimal, date, time and uuid, `Uint8Array` for bytes, the parsed value for JSON.
 *
 * @example
 * import * as models from "./models.ts";
 * const db = new Kysely<Infer<typeof models>>({ dialect });
 */
export type Infer<Models> = {
  [Name in TableNames<Models>]: InferTable<Extract<Models[keyof Models], TableDefinition<Name, ColumnBuilders>>>;
};

import type { ColumnDefault, GeneratedColumn } from "../model/column.ts";
import type { ColumnType } from "../model/column-type.ts";
import type { ReferentialAction } from "../model/constraint.ts";
import type { DialectOptions } from "../model/dialect-options.ts";
import type { JsonValue } from "../model/json.ts";
import { listOptions, refuseUnknownOptions } from "./refuse-unknown-options.ts";
import { requireText } from "./require-argument.ts";

/** What the type system remembers of a column while it is being described. */
export interface ColumnTraits {
  /** May hold NULL. */
  readonly nullable: boolean;
  /** An insert may leave it out although it is not nullable. */
  readonly hasDefault: boolean;
  /** The database computes it; it can't be written. */
  readonly generated: boolean;
}

/** Traits of a column that nothing was said about. */
export interface PlainTraits {
  readonly nullable: true;
  readonly hasDefault: false;
  readonly generated: false;
}

type With<Traits extends ColumnTraits, Change extends Partial<ColumnTraits>> = Omit<Traits, keyof Change> &
  Change extends infer Merged extends ColumnTraits
  ? Merged
  : never;

/** What is known about a column that a builder describes; names come from the table. */
export interface ColumnDescription {
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly primaryKey: boolean;
  readonly autoIncrement: boolean;
  readonly unique: boolean;
  readonly default?: ColumnDefault;
  readonly generated?: GeneratedColumn;
  readonly collation?: string;
  readonly comment?: string;
  readonly checks: readonly { readonly expression: string; readonly name?: string }[];
  readonly references?: ColumnReference;
  /** The column says when a row was deleted, and is NULL while the row is live. Default false. */
  readonly softDelete?: true;
  readonly options?: DialectOptions;
}

/** Where a column points, and what happens to it when that row goes. */
export interface ColumnReference {
  readonly table: string;
  readonly column: string;
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
}

/** What may be said about a column's reference besides its target. */
export type ReferenceOptions = Pick<ColumnReference, "onDelete" | "onUpdate">;

const GENERATED_OPTIONS = listOptions<{ readonly storage?: GeneratedColumn["storage"] }>({ storage: true });
const REFERENCE_OPTIONS = listOptions<ReferenceOptions>({ onDelete: true, onUpdate: true });

/**
 * Describes one column; every method gives a new builder and leaves the old one alone.
 * Columns may hold NULL unless `notNull()` or `primaryKey()` says otherwise, as in SQL.
 *
 * @example
 * const todos = table("todos", {
 *   id: integer().primaryKey().autoIncrement(),
 *   title: varchar(255).notNull(),
 *   done: boolean().notNull().default(false),
 * });
 */
export class ColumnBuilder<Value, Traits extends ColumnTraits = PlainTraits> {
  /** Exists in the type system only: what a row holds, and how the column behaves. */
  declare readonly infer: { readonly value: Value; readonly traits: Traits };
  readonly description: ColumnDescription;

  constructor(description: ColumnDescription) {
    this.description = description;
  }

  /** Refuses NULL. */
  notNull(): ColumnBuilder<Value, With<Traits, { nullable: false }>> {
    return this.#with({ nullable: false });
  }

  /** Allows NULL; the default, for use in `op.alterColumn`. */
  nullable(): ColumnBuilder<Value, With<Traits, { nullable: true }>> {
    return this.#with({ nullable: true });
  }

  /** Makes the column the table's primary key; for a key of several columns use `primaryKey([...])` on the table. */
  primaryKey(): ColumnBuilder<Value, With<Traits, { nullable: false }>> {
    return this.#with({ nullable: false, primaryKey: true });
  }

  /** Lets the database number new rows and never give a number twice; for a single integer primary key. */
  autoIncrement(): ColumnBuilder<Value, With<Traits, { hasDefault: true }>> {
    return this.#with({ autoIncrement: true });
  }

  /** What an insert that leaves the column out gets: a literal, written in the column's type. */
  default(value: DefaultValueOf<Value>): ColumnBuilder<Value, With<Traits, { hasDefault: true }>> {
    return this.#with({ default: { kind: "value", value } });
  }

  /** The database's clock at the time of the insert. */
  defaultNow(): ColumnBuilder<Value, With<Traits, { hasDefault: true }>> {
    return this.#with({ default: { kind: "now" } });
  }

  /** A default computed by the database from an SQL expression. */
  defaultSql(sql: string): ColumnBuilder<Value, With<Traits, { hasDefault: true }>> {
    requireText("defaultSql", sql, "an expression as SQL text");
    return this.#with({ default: { kind: "expression", sql } });
  }

  /** Computed by the database from other columns of the row; `virtual` on read (the default), `stored` on write. */
  generatedAs(
    expression: string,
    options: { readonly storage?: GeneratedColumn["storage"] } = {},
  ): ColumnBuilder<Value, With<Traits, { generated: true }>> {
    requireText("generatedAs", expression, "an expression as SQL text");
    refuseUnknownOptions("generatedAs", options, GENERATED_OPTIONS);
    return this.#with({ generated: { expression, storage: options.storage ?? "virtual" } });
  }

  /** No two rows may hold the same value. */
  unique(): ColumnBuilder<Value, Traits> {
    return this.#with({ unique: true });
  }

  /** Every row must satisfy this SQL condition; `name` replaces the one of the naming convention. */
  check(expression: string, name?: string): ColumnBuilder<Value, Traits> {
    requireText("check", expression, "a condition as SQL text");
    const check = name === undefined ? { expression } : { expression, name };
    return this.#with({ checks: [...this.description.checks, check] });
  }

  /** Points to a row of another table, or of the same one. */
  references(table: string, column: string, options: ReferenceOptions = {}): ColumnBuilder<Value, Traits> {
    refuseUnknownOptions("references", options, REFERENCE_OPTIONS);
    // Files run with their types stripped, and other tools take the table itself here.
    const expected = 'the names of a table and a column, as in references("lists", "id")';
    for (const name of [table, column]) requireText("references", name, expected);
    return this.#with({ references: { table, column, ...options } });
  }

  /** How text compares and sorts, in the engine's words, for example `NOCASE`. */
  collate(collation: string): ColumnBuilder<Value, Traits> {
    requireText("collate", collation, "the name of a collation");
    return this.#with({ collation });
  }

  /** A note that engines with comments keep in the catalogue. */
  comment(comment: string): ColumnBuilder<Value, Traits> {
    requireText("comment", comment, "a text");
    return this.#with({ comment });
  }

  /** Settings that only one engine knows. */
  options(options: DialectOptions): ColumnBuilder<Value, Traits> {
    return this.#with({ options: { ...this.description.options, ...options } });
  }

  #with<Changed extends ColumnTraits>(change: Partial<ColumnDescription>): ColumnBuilder<Value, Changed> {
    return new ColumnBuilder({ ...this.description, ...change });
  }
}

/** Literals that `default()` takes for a column's value type: the value itself where JSON has it, else its text. */
export type DefaultValueOf<Value> = Value extends boolean ? boolean : Value extends JsonValue ? Value : string | number;

/** Any column builder, whatever it describes. */
export type AnyColumnBuilder = ColumnBuilder<unknown, ColumnTraits>;

import type { BackfillOptions } from "./backfill/backfill-options.ts";
import type { Row } from "../dialect/connection.ts";
import type { Operation, SqlValue, TableOperation } from "../ops/operation.ts";
import type { DisableSoftDeleteOptions, EnableSoftDeleteOptions } from "../ops/soft-delete/soft-delete-options.ts";
import type { AnyColumnBuilder } from "../schema/builder/column-builder.ts";
import type { NamingConvention } from "../schema/builder/naming-convention.ts";
import type { ColumnBuilders } from "../schema/builder/table-definition.ts";
import type { ConstraintOptions, IndexTerm, TableItem } from "../schema/builder/table-items.ts";
import type { GeneratedColumn } from "../schema/model/column.ts";
import type { Constraint, ConstraintKind, Deferrable, ReferentialAction } from "../schema/model/constraint.ts";
import type { DialectOptions } from "../schema/model/dialect-options.ts";
import type { Sequence } from "../schema/model/sequence.ts";
import type { JsonValue } from "../schema/model/json.ts";

/** What `op.alterColumn` changes; what is left out stays as it is, and null takes away. */
export interface ColumnChanges {
  /** The new type; only the type of the builder counts. */
  readonly type?: AnyColumnBuilder;
  /** With `type`: an SQL expression over the row, for the value that the new type gets. Default: the old value, converted. */
  readonly using?: string;
  readonly nullable?: boolean;
  /** A literal. */
  readonly default?: JsonValue;
  /** The database's clock. */
  readonly defaultNow?: true;
  /** An SQL expression. */
  readonly defaultSql?: string;
  readonly generatedAs?: GeneratedColumn | null;
  readonly autoIncrement?: boolean;
  readonly collation?: string | null;
  readonly comment?: string | null;
  readonly options?: DialectOptions | null;
}

/** What `op.addColumn` may be told besides the column. */
export interface AddColumnOptions {
  /** The column before it; null puts it first. Default: last. Engines that can't place columns rebuild the table. */
  readonly after?: string | null;
}

/** What a foreign key may be told besides its columns. */
export interface ForeignKeyOptions {
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  readonly match?: "full" | "partial" | "simple";
  readonly deferrable?: Deferrable;
  readonly options?: DialectOptions;
}

/** What an index may be told besides its terms. */
export interface IndexOptions {
  /** Default false. */
  readonly unique?: boolean;
  /** Condition of a partial index, SQL text. */
  readonly where?: string;
  readonly options?: DialectOptions;
}

/** How a sequence counts, and which column it goes with. */
export type SequenceOptions = Omit<Sequence, "name">;

/** A constraint by its name, or by its definition where it has none: `unique(["title"])`. */
export type ConstraintReference = string | Constraint;

/** The changes of one table, as `op` and `op.batchAlterTable` both offer them. */
export interface BatchOperations {
  addColumn(name: string, column: AnyColumnBuilder, options?: AddColumnOptions): void;
  dropColumn(name: string): void;
  renameColumn(from: string, to: string): void;
  alterColumn(name: string, changes: ColumnChanges): void;
  createPrimaryKey(name: string | null, columns: readonly string[], options?: Omit<ConstraintOptions, "name">): void;
  createUniqueConstraint(
    name: string | null,
    columns: readonly string[],
    options?: Omit<ConstraintOptions, "name"> & { readonly deferrable?: Deferrable },
  ): void;
  createCheckConstraint(name: string | null, condition: string, options?: Omit<ConstraintOptions, "name">): void;
  createForeignKey(
    name: string | null,
    referentTable: string,
    localColumns: readonly string[],
    remoteColumns: readonly string[],
    options?: ForeignKeyOptions,
  ): void;
  dropConstraint(constraint: ConstraintReference, options?: { readonly type?: ConstraintKind }): void;
  createIndex(name: string | null, terms: readonly IndexTerm[], options?: IndexOptions): void;
  dropIndex(name: string): void;
  createTableComment(comment: string): void;
  dropTableComment(): void;
  setTableOptions(options: DialectOptions | null): void;
  /** Makes a change that is already data. */
  invoke(operation: TableOperation): void;
}

/** How `op.batchAlterTable` carries out its changes. */
export interface BatchOptions {
  /** `auto` rebuilds the table only where the engine can't alter it; `always` and `never` say so. Default `auto`. */
  readonly recreate?: "auto" | "always" | "never";
  /** Constraints, indexes and options that the table gets besides, in the words of `table()`. Default none. */
  readonly tableArguments?: readonly TableItem[];
  /**
   * Names for what the batch leaves unnamed, and names under which `dropConstraint` finds constraints that have none. What is left out is the
   * project's convention.
   */
  readonly namingConvention?: Partial<NamingConvention>;
}

/** What `op.execute` may be told besides the statement. */
export interface ExecuteOptions {
  /** Values for the placeholders, in order. */
  readonly parameters?: readonly SqlValue[];
  /** What the statement does to the schema; an empty list means nothing. Default: unknown. */
  readonly affects?: readonly Operation[];
}

/**
 * What `upgrade(op)` and `downgrade(op)` work with. Calls queue in order: a forgotten `await` still runs in its place and
 * is awaited when the function ends. A name of null lets the naming convention choose.
 *
 * @example
 * export async function upgrade(op: Operations) {
 *   await op.addColumn("todos", "deleted_at", timestamp({ timezone: true }));
 * }
 */
export interface Operations {
  /** Name of the engine, for the rare step that only one of them needs. */
  readonly dialect: string;

  /**
   * Makes a table.
   *
   * @param columns by their names, in order
   * @param items constraints, indexes and options, in the words of `table()`. Default none
   */
  createTable(name: string, columns: ColumnBuilders, items?: readonly TableItem[]): Promise<void>;
  /** Drops a table with its rows, its constraints, its indexes and its triggers. */
  dropTable(name: string): Promise<void>;
  /** Gives a table another name; what refers to it goes on to refer to it. */
  renameTable(from: string, to: string): Promise<void>;
  /** Says what a table is for, where the engine keeps comments; a comment that is there is replaced. */
  createTableComment(table: string, comment: string): Promise<void>;
  /** Takes the comment of a table away. */
  dropTableComment(table: string): Promise<void>;
  /** Sets what only one engine knows of a table, all of it at once; null takes all options away. */
  setTableOptions(table: string, options: DialectOptions | null): Promise<void>;

  /**
   * Adds a column to a table. Where it may not be NULL and the table has rows, it needs a default.
   *
   * @param options `after` places it. Default: last
   */
  addColumn(table: string, name: string, column: AnyColumnBuilder, options?: AddColumnOptions): Promise<void>;
  /** Drops a column with its values. */
  dropColumn(table: string, name: string): Promise<void>;
  /** Gives a column another name; its values stay, and what refers to it goes on to refer to it. */
  renameColumn(table: string, from: string, to: string): Promise<void>;
  /** Changes a column in everything but its name; its values stay, converted where the type changes. */
  alterColumn(table: string, name: string, changes: ColumnChanges): Promise<void>;

  /** Gives a table that has none its primary key. */
  createPrimaryKey(
    name: string | null,
    table: string,
    columns: readonly string[],
    options?: Omit<ConstraintOptions, "name">,
  ): Promise<void>;
  /** Lets no two rows agree in these columns. Rows that do already make it fail. */
  createUniqueConstraint(
    name: string | null,
    table: string,
    columns: readonly string[],
    options?: Omit<ConstraintOptions, "name"> & { readonly deferrable?: Deferrable },
  ): Promise<void>;
  /** Lets in only rows for which a condition, SQL text, is not false. Rows for which it is make it fail. */
  createCheckConstraint(
    name: string | null,
    table: string,
    condition: string,
    options?: Omit<ConstraintOptions, "name">,
  ): Promise<void>;
  /**
   * Lets columns hold only what is in columns of another table, or NULL. Rows that point to nothing make it fail.
   *
   * @param sourceTable the table that refers
   * @param referentTable the table that is referred to
   * @param options what becomes of rows whose target goes or changes, and when it is checked. Default: the engine's
   */
  createForeignKey(
    name: string | null,
    sourceTable: string,
    referentTable: string,
    localColumns: readonly string[],
    remoteColumns: readonly string[],
    options?: ForeignKeyOptions,
  ): Promise<void>;
  /**
   * Drops a constraint.
   *
   * @param constraint its name, or its definition where it has none: `unique(["title"])`
   * @param options `type` tells two constraints of one name apart
   */
  dropConstraint(
    constraint: ConstraintReference,
    table: string,
    options?: { readonly type?: ConstraintKind },
  ): Promise<void>;

  /**
   * Makes an index.
   *
   * @param terms columns, or expressions where the engine has such indexes
   * @param options `unique`, and `where` for a partial index. Default: neither
   */
  createIndex(name: string | null, table: string, terms: readonly IndexTerm[], options?: IndexOptions): Promise<void>;
  /** Drops an index. */
  dropIndex(name: string, table: string): Promise<void>;
  /** Gives an index another name. SQLite makes it anew, because it cannot rename one. */
  renameIndex(table: string, from: string, to: string): Promise<void>;

  /**
   * Makes a view of a query, SQL text.
   *
   * @param options `columns` names its columns. Default: as the query does. `keepAttached`: it is one that the revision has dropped before, and has again what belonged to it then and
   * the revision had not dropped by itself: triggers, rules, rights that somebody gave, notes. Default false
   */
  createView(
    name: string,
    definition: string,
    options?: {
      readonly columns?: readonly string[];
      readonly options?: DialectOptions;
      readonly keepAttached?: boolean;
    },
  ): Promise<void>;
  /** Drops a view, and with it its triggers, its rules and rights on it. */
  dropView(name: string): Promise<void>;
  /** Makes a trigger by the statement that creates it. */
  createTrigger(name: string, table: string, definition: string): Promise<void>;
  /**
   * Drops a trigger.
   *
   * @param table whose trigger it is, for engines on which each table has trigger names of its own
   */
  dropTrigger(name: string, table?: string): Promise<void>;

  /** Makes a type whose values are these names, in this order. Engines without enums refuse. */
  createEnum(name: string, values: readonly string[]): Promise<void>;
  /** Drops an enum that no column uses any more. */
  dropEnum(name: string): Promise<void>;
  /**
   * Gives an enum these values: in place where some only come, and otherwise by making the type anew, with every column of it. A value that rows hold cannot go.
   *
   * @param options `rebuild: true` makes the type anew in any case, so that values that come can be used in the same revision
   */
  alterEnum(name: string, values: readonly string[], options?: { readonly rebuild?: boolean }): Promise<void>;
  /** Gives a value of an enum another name, in all rows. */
  renameEnumValue(name: string, from: string, to: string): Promise<void>;
  /**
   * Makes a sequence: a source of numbers.
   *
   * @param options how it counts, and which column it goes with. Default: from 1, by 1
   */
  createSequence(name: string, options?: SequenceOptions): Promise<void>;
  /** Drops a sequence. */
  dropSequence(name: string): Promise<void>;
  /**
   * Changes how a sequence counts.
   *
   * @param changes what is left out stays as it is, and null takes away
   */
  alterSequence(
    name: string,
    changes: { readonly [Option in keyof SequenceOptions]: SequenceOptions[Option] | null },
  ): Promise<void>;

  /**
   * Makes a function, a domain, a policy or whatever else the engine keeps as a definition.
   *
   * @param kind the engine's word for it
   * @param name what tells it from others of its kind, as `limbeck diff` writes it
   * @param definition the statement that creates it
   * @param options `table` is the table or view with which it is dropped
   */
  createObject(
    kind: string,
    name: string,
    definition: string,
    options?: { readonly table?: string; readonly keepAttached?: boolean },
  ): Promise<void>;
  /** Drops an object that is kept as its definition. */
  dropObject(kind: string, name: string): Promise<void>;
  /** Gives an object another definition: in place where the engine can, otherwise by dropping and creating it. */
  replaceObject(kind: string, name: string, definition: string): Promise<void>;

  /** Groups changes of one table, which SQLite then rebuilds once instead of once per change. */
  batchAlterTable(table: string, describe: (batch: BatchOperations) => void, options?: BatchOptions): Promise<void>;

  /**
   * Makes a table delete softly: adds the column that says when a row was deleted, and what is to hold among live rows only. Rows that a downgrade has parked come
   * back, deleted as they were.
   *
   * @param options which column, and what is unique or indexed among live rows. Default: `deleted_at`, and nothing else
   * @throws ExecutionError when a parked row cannot come back: another one has taken its key, or what it points to is gone
   * @example
   * await op.enableSoftDelete("todos", { unique: [["title"]], index: [["list_id"]] });
   */
  enableSoftDelete(table: string, options?: EnableSoftDeleteOptions): Promise<void>;
  /**
   * Makes a table delete for good again. Deleted rows do not come back to life: they move to the table `limbeck_parked_` with the name of theirs behind it, until
   * soft delete is enabled again. Whatever leans on the column goes with it.
   *
   * @param options which column, and what is unique among all rows from then on. Default: `deleted_at`, and nothing else
   * @throws ExecutionError when rows that stay point to deleted ones
   * @throws OperationError when there are rows to park, and the table has no primary key
   * @example
   * await op.disableSoftDelete("todos", { unique: [["title"]] });
   */
  disableSoftDelete(table: string, options?: DisableSoftDeleteOptions): Promise<void>;

  /** Runs SQL as it is written: a colon is a colon. Values belong in `parameters`, never in the text. */
  execute(sql: string, options?: ExecuteOptions): Promise<void>;
  /** Reads rows, after everything queued before it has run. @throws OperationError where there is no database to read (`--sql`) */
  query(sql: string, parameters?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Inserts rows; values are written by the codec of their column. */
  bulkInsert(table: string, rows: readonly Readonly<Record<string, SqlValue>>[]): Promise<void>;
  /**
   * Changes rows in batches, in the order of a key. What the revision did before is committed first, each batch is committed by itself together with the
   * place that it came to, and a run that was stopped, or killed, goes on there. A revision with a backfill should hold nothing else. A script has
   * one UPDATE instead.
   *
   * @throws OperationError when the key does not serve: rows could be met twice, or never
   * @example
   * await op.backfill("todos", { set: { slug: "lower(title)" }, where: "slug IS NULL", batchSize: 5000, pause: 100 });
   */
  backfill(table: string, options: BackfillOptions): Promise<void>;
  /** Runs an operation that is already data. */
  invoke(operation: Operation): Promise<void>;

  /**
   * Runs code outside of the revision's transaction, for what an engine refuses inside one. What the revision did before is committed first, each statement
   * of the code commits by itself, and what comes after is in a transaction again: when something fails, the error tells what stays. Such a revision
   * should hold nothing else.
   *
   * @param code gets the same `op`
   * @example
   * await op.autocommit(async () => {
   *   await op.execute("CREATE INDEX CONCURRENTLY ix_todos_title ON todos (title)");
   * });
   */
  autocommit(code: (op: Operations) => Promise<void>): Promise<void>;
}

import { ColumnBuilder, type PlainTraits } from "./column-builder.ts";
import { listOptions, refuseUnknownOptions } from "./refuse-unknown-options.ts";
import { requireColumns } from "./require-argument.ts";

/** What the column of deleted rows is called unless somebody says otherwise. */
export const SOFT_DELETE_COLUMN = "deleted_at";

/** A rule for the rows that are not deleted, as `table()` and `op.createTable` take it; what an engine makes of it is decided when the table is built. */
export interface LiveItem {
  readonly kind: "liveUnique" | "liveIndex";
  readonly columns: readonly string[];
  /** Replaces the name of the naming convention. */
  readonly name?: string;
  /** The column that says when a row was deleted. Default: the one of `softDelete()`. */
  readonly column?: string;
}

/** Whether something that a table has besides columns is a rule for live rows. */
export const isLiveItem = (item: { readonly kind: string }): item is LiveItem =>
  item.kind === "liveUnique" || item.kind === "liveIndex";

/** What a rule for live rows may be told besides its columns. */
export type LiveItemOptions = Pick<LiveItem, "name" | "column">;

const LIVE_OPTIONS = listOptions<LiveItemOptions>({ name: true, column: true });

/**
 * The column that says when a row was deleted, to be spread among the columns of a table: NULL while the row is live. A time with a time zone on every engine.
 * Autogenerate knows by it that the table deletes softly, and writes revisions whose way back keeps deleted rows deleted.
 *
 * @param column its name. Default `deleted_at`
 * @returns the one column, by its name
 * @example
 * const todos = table(
 *   "todos",
 *   { id: integer().primaryKey(), title: varchar(255).notNull(), ...softDelete() },
 *   [uniqueAmongLive(["title"])],
 * );
 */
export function softDelete(): { readonly deleted_at: ColumnBuilder<Date> };
export function softDelete<Name extends string>(column: Name): { readonly [Key in Name]: ColumnBuilder<Date> };
export function softDelete(column: string = SOFT_DELETE_COLUMN): Readonly<Record<string, ColumnBuilder<Date>>> {
  return { [column]: createSoftDeleteColumn() };
}

/** The column of `softDelete()` without its name. */
export function createSoftDeleteColumn(): ColumnBuilder<Date, PlainTraits> {
  return new ColumnBuilder({
    type: { kind: "timestamp", timezone: true },
    nullable: true,
    primaryKey: false,
    autoIncrement: false,
    unique: false,
    checks: [],
    softDelete: true,
  });
}

/**
 * No two live rows may agree in these columns; deleted ones do not count. A partial unique index where the engine has such; elsewhere a unique constraint over
 * these columns and `is_live`, a column that the database computes.
 *
 * @param options `name`: instead of the naming convention's; `column`: the one that says when a row was deleted, where `softDelete()` does not tell. Default `deleted_at`
 * @throws OperationError when an option is not known
 * @example
 * uniqueAmongLive(["list_id", "title"]);
 */
export function uniqueAmongLive(columns: readonly string[], options: LiveItemOptions = {}): LiveItem {
  requireColumns("uniqueAmongLive", columns);
  refuseUnknownOptions("uniqueAmongLive", options, LIVE_OPTIONS);
  return { kind: "liveUnique", columns, ...options };
}

/**
 * An index for queries that ask for live rows: a partial one where the engine has such; elsewhere one over these columns and that of the deletion.
 *
 * @param options `name`: instead of the naming convention's; `column`: the one that says when a row was deleted, where `softDelete()` does not tell. Default `deleted_at`
 * @throws OperationError when an option is not known
 * @example
 * indexAmongLive(["list_id"]);
 */
export function indexAmongLive(columns: readonly string[], options: LiveItemOptions = {}): LiveItem {
  requireColumns("indexAmongLive", columns);
  refuseUnknownOptions("indexAmongLive", options, LIVE_OPTIONS);
  return { kind: "liveIndex", columns, ...options };
}

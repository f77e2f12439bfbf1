/**
 * What SQLite knows about a table beyond the schema model: `Table.options.sqlite`.
 * https://www.sqlite.org/lang_createtable.html
 */
export interface SqliteTableOptions {
  readonly strict?: true;
  readonly withoutRowid?: true;
}

/** What to do with a row that breaks a constraint; the default is abort. https://www.sqlite.org/lang_conflict.html */
export type ConflictResolution = "rollback" | "abort" | "fail" | "ignore" | "replace";

/**
 * `Column.options.sqlite`. The names are those of `CONSTRAINT name` in front of a column's NOT NULL, DEFAULT, COLLATE or
 * GENERATED clause: SQLite keeps them in the text, and from 3.53 `DROP CONSTRAINT` finds a NOT NULL by its name.
 */
export interface SqliteColumnOptions {
  /**
   * The rowid column says NOT NULL. That means nothing there, because the rowid is never NULL, so that only who wrote it gets it back, and
   * no comparison looks at it.
   */
  readonly notNull?: true;
  readonly notNullConflict?: ConflictResolution;
  readonly notNullName?: string;
  readonly defaultName?: string;
  readonly collationName?: string;
  readonly generatedName?: string;
}

/** `UniqueConstraint.options.sqlite`. */
export interface SqliteUniqueOptions {
  readonly onConflict?: ConflictResolution;
  /**
   * What follows each column's name, in the order of `columns`: `["COLLATE NOCASE DESC", ""]`. Absent when nothing follows
   * any of them. Held apart from the names so that renaming a column leaves it true.
   */
  readonly termSuffixes?: readonly string[];
}

/** `PrimaryKey.options.sqlite`. */
export interface SqlitePrimaryKeyOptions extends SqliteUniqueOptions {
  /**
   * The key must be written at the column, not at the table. Only set for `INTEGER PRIMARY KEY DESC`, which is an
   * ordinary column when written there and the rowid when written at the table.
   * https://www.sqlite.org/lang_createtable.html#rowids_and_the_integer_primary_key
   */
  readonly inline?: true;
}

/** `CheckConstraint.options.sqlite`. */
export interface SqliteCheckOptions {
  /** Accepted by SQLite's parser for a table's CHECK, and without effect. */
  readonly onConflict?: ConflictResolution;
}

/** `ForeignKey.options.sqlite`: clauses that SQLite accepts and does not act on. */
export interface SqliteForeignKeyOptions {
  /** A MATCH name other than FULL, PARTIAL and SIMPLE, which are in `ForeignKey.match`; an SQL identifier, not quoted. */
  readonly match?: string;
  /** ON INSERT, in the words of SQL: `cascade`, `set null`... */
  readonly onInsert?: string;
}

/** The option names per kind of object, for refusing those that SQLite does not know. */
export const SQLITE_OPTION_NAMES: {
  readonly table: readonly (keyof SqliteTableOptions)[];
  readonly column: readonly (keyof SqliteColumnOptions)[];
  readonly primaryKey: readonly (keyof SqlitePrimaryKeyOptions)[];
  readonly unique: readonly (keyof SqliteUniqueOptions)[];
  readonly check: readonly (keyof SqliteCheckOptions)[];
  readonly foreignKey: readonly (keyof SqliteForeignKeyOptions)[];
  readonly index: readonly string[];
  readonly indexPart: readonly string[];
} = {
  table: ["strict", "withoutRowid"],
  column: ["notNull", "notNullConflict", "notNullName", "defaultName", "collationName", "generatedName"],
  primaryKey: ["onConflict", "termSuffixes", "inline"],
  unique: ["onConflict", "termSuffixes"],
  check: ["onConflict"],
  foreignKey: ["match", "onInsert"],
  index: [],
  indexPart: [],
};

/** What MySQL and MariaDB know about a table beyond the schema model: `Table.options.mysql`. */
export interface MysqlTableOptions {
  /** The storage engine. Default `InnoDB`. */
  readonly engine?: string;
  /** How text compares where a column says nothing, for example `utf8mb4_bin`. Default: that of the database. */
  readonly collation?: string;
  /** The character set, where the collation is the usual one of it; a database gives it back as its collation. */
  readonly charset?: string;
  /** For example `COMPRESSED`. */
  readonly rowFormat?: string;
  /** Other settings of the engine, as text: a word, a text in quotation marks or names in parentheses, for example `{ stats_persistent: "1" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What follows PARTITION BY, in the engine's words. */
  readonly partitionBy?: string;
  /** MariaDB keeps former rows. */
  readonly systemVersioned?: true;
  /** The columns in which MariaDB keeps from when to when a row counts, where they have names of their own. */
  readonly systemPeriod?: readonly [start: string, end: string];
  /** A period that the application keeps. */
  readonly period?: { readonly name: string; readonly start: string; readonly end: string };
}

/** `Column.options.mysql`. */
export interface MysqlColumnOptions {
  /** Not among the columns of `SELECT *`. */
  readonly invisible?: true;
  /** What an update that leaves the column out puts into it, for example `current_timestamp()`. */
  readonly onUpdate?: string;
  /** A check that is a part of the column, as MariaDB has it: SQL text without the outer parentheses. */
  readonly check?: string;
  /** A change of this column alone makes no former row. */
  readonly unversioned?: true;
  /** The column holds when the row began to count, or ceased to. */
  readonly rowTime?: "start" | "end";
}

/** `PrimaryKey.options.mysql`. */
export interface MysqlKeyOptions {
  readonly comment?: string;
  /** How much of some columns it holds, by name: characters of text, or bytes. */
  readonly lengths?: Readonly<Record<string, number>>;
  /** The period in which no two rows with the same key may overlap. */
  readonly withoutOverlaps?: string;
}

/** `UniqueConstraint.options.mysql`. */
export interface MysqlUniqueOptions {
  /** The period in which no two rows with the same values may overlap. */
  readonly withoutOverlaps?: string;
}

/** `View.options.mysql`. */
export interface MysqlViewOptions {
  /** With whose rights it reads. Default: those of whom it belongs to. */
  readonly security?: "invoker";
  readonly algorithm?: "merge" | "temptable";
}

/** `Sequence.options.mysql`. */
export interface MysqlSequenceOptions {
  /** The storage engine. Default `InnoDB`. */
  readonly engine?: string;
  readonly comment?: string;
}

/** `TableIndex.options.mysql`. */
export interface MysqlIndexOptions {
  readonly kind?: "fulltext" | "spatial";
  /** How it finds rows, where the storage engine has several ways, for example `HASH`. */
  readonly method?: string;
  readonly comment?: string;
  /** Kept up to date, and passed over by queries. */
  readonly unused?: true;
}

/** `IndexPart.options.mysql`. */
export interface MysqlIndexPartOptions {
  /** How much of a value the index holds: characters of text, or bytes. */
  readonly length?: number;
}

/** The options of each kind of object. */
export interface MysqlOptionShapes {
  readonly table: MysqlTableOptions;
  readonly column: MysqlColumnOptions;
  readonly primaryKey: MysqlKeyOptions;
  readonly unique: MysqlUniqueOptions;
  /** Of any other kind. */
  readonly constraint: object;
  readonly index: MysqlIndexOptions;
  readonly indexPart: MysqlIndexPartOptions;
  readonly view: MysqlViewOptions;
  readonly sequence: MysqlSequenceOptions;
}

/** The option names per kind of object, for refusing those that the engine does not know. */
export const MYSQL_OPTION_NAMES: {
  readonly [Place in keyof MysqlOptionShapes]: readonly (keyof MysqlOptionShapes[Place])[];
} = {
  table: [
    "engine",
    "collation",
    "charset",
    "rowFormat",
    "settings",
    "partitionBy",
    "systemVersioned",
    "systemPeriod",
    "period",
  ],
  column: ["invisible", "onUpdate", "check", "unversioned", "rowTime"],
  primaryKey: ["comment", "lengths", "withoutOverlaps"],
  unique: ["withoutOverlaps"],
  constraint: [],
  index: ["kind", "method", "comment", "unused"],
  indexPart: ["length"],
  view: ["security", "algorithm"],
  sequence: ["engine", "comment"],
};

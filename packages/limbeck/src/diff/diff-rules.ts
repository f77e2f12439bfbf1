import type { NamingContext } from "../schema/builder/naming-convention.ts";
import type { ColumnType } from "../schema/model/column-type.ts";
import type { ColumnDefault } from "../schema/model/column.ts";
import type { DefinedObject, ObjectName } from "../schema/model/defined-object.ts";
import type { JsonValue } from "../schema/model/json.ts";
import type { Constraint } from "../schema/model/constraint.ts";
import type { DialectOptions } from "../schema/model/dialect-options.ts";
import type { Trigger } from "../schema/model/schema.ts";
import type { Table } from "../schema/model/table.ts";
import { isSameStructure } from "./same-structure.ts";
import { isSameExpression } from "./same-expression.ts";

/** What puts the rows of a table aside, and what puts them into its successor; each with what takes it back. */
export interface CarriedRows {
  readonly save: { readonly sql: string; readonly reverse: string };
  readonly fill: { readonly sql: string; readonly reverse: string };
}

/** What the comparison of two schemas has to know about an engine and a project. */
export interface DiffRules {
  /** Whether two types are one to the engine. Default: equal data. */
  readonly sameType: (a: ColumnType, b: ColumnType) => boolean;
  /** Whether two SQL texts say the same. Default: equal but for blanks outside of quotes. */
  readonly sameExpression: (a: string, b: string) => boolean;
  /** Whether two defaults of a column are one. Default: equal data, expressions by {@link DiffRules.sameExpression}. */
  readonly sameDefault?: (a: ColumnDefault, b: ColumnDefault) => boolean;
  /** Whether an option says the same in two values, of which one may be absent. Default: equal data. */
  readonly sameOption?: (a: JsonValue | undefined, b: JsonValue | undefined) => boolean;
  /**
   * Whether the order of columns counts: `exact` where new columns go where the target has them, `append` where the engine has only one place for them, the
   * last. Default `ignore`.
   */
  readonly columnOrder: "ignore" | "exact" | "append";
  /**
   * The name that the project's convention gives a constraint. A constraint without a name in the database is taken for one
   * of the models whose name is this, so that adopting a database rebuilds nothing for the sake of names.
   *
   * @param context for checks, whose names may tell a column or a position: one of several guesses
   */
  readonly conventionName?: (
    constraint: Constraint,
    table: string,
    context: Partial<NamingContext>,
  ) => string | undefined;
  /** Options of columns that mean nothing to the engine and are only kept as they were written. Default none. */
  readonly idleColumnOptions: readonly string[];
  /** The same of indexes and constraints. Default none. */
  readonly idleKeyOptions: readonly string[];
  /** Whether comments do not count, for engines that keep none. Default false. */
  readonly ignoreComments: boolean;
  /** Whether the engine takes `Todos` and `todos` for one table, view or trigger. Default false. */
  readonly foldTableNames: boolean;
  /** The same for columns, indexes and constraints. Default false. */
  readonly foldColumnNames: boolean;
  /**
   * Whether a foreign key may be created before the table it points to, and a table dropped before the keys that
   * point to it. Otherwise circles are closed with `addConstraint` afterwards. Default false.
   */
  readonly inlineForeignKeys: boolean;
  /**
   * Whether a key that may be deferred but is checked at once counts as one that may not: true where no statement can defer it
   * later. Default false.
   */
  readonly foldImmediateKeys: boolean;
  /**
   * Whether views and triggers hold on to the columns they speak of, so that none of these can be dropped or get another type while they are there.
   * Default false.
   */
  readonly viewsHoldColumns: boolean;
  /**
   * Whether foreign keys hold on to the key that they point to, and to the kind of their columns, so that neither can go or change while they are there.
   * Default false.
   */
  readonly referencesHoldKeys: boolean;
  /**
   * Whether they hold on to the very type of these columns, length and collation included, which have to be the same on both sides, and where updates go
   * on from one to the other also to whether they allow NULL. Default false.
   */
  readonly referencesHoldTypes: boolean;
  /** The schema within the database that a name is of; undefined for those of the first one. Default: there is only one. */
  readonly namespaceOf: (name: string) => string | undefined;
  /** Whether something may belong to a view, and goes with it: triggers, rights, notes. Default false. */
  readonly viewsHaveAttached: boolean;
  /** Whether an object comes before the tables when nothing says otherwise, because they may need it. Default false. */
  readonly comesBeforeTables: (object: ObjectName) => boolean;
  /** Whether an object only says something of others, a note for example: it comes when all of them are there, and goes before them. Default false. */
  readonly comesLast: (object: ObjectName) => boolean;
  /** What such an object says something of, as the schema calls it: `trigger`, `touch on todos`. Default: its name does not tell. */
  readonly findNoted: (object: ObjectName) => ObjectName | undefined;
  /** Whether a schema that has no object of a kind at all says nothing about those of it, even where it says everything. Default false. */
  readonly mayGoUnsaid: (object: ObjectName) => boolean;
  /**
   * How rows are carried over to another table of the same name, where the engine cannot make the one of the other; undefined where it can. Default: it always can.
   */
  readonly carryRows: (from: Table, to: Table) => CarriedRows | undefined;
  /** Whether an object can get another definition while others depend on it. Default false. */
  readonly canReplace: (from: DefinedObject, to: DefinedObject) => boolean;
  /** What texts call an object; undefined where none can speak of it. Default: its name. */
  readonly findCalledName: (object: ObjectName) => string | undefined;
  /** The text of an object that counts in a comparison. Default: its definition. */
  readonly findComparedText: (object: DefinedObject) => string;
  /** The text in which an object names what it holds on to as a view does. Default: its definition. */
  readonly findHoldingText: (object: DefinedObject) => string;
  /** The trigger that another one says it comes right after, and without which it cannot be made. Default none. */
  readonly findFollowed: (trigger: Trigger) => string | undefined;
  /** Whether a change of the options of a table is one of its columns of text too. Default false. */
  readonly changesText: (from: DialectOptions | null, to: DialectOptions | null) => boolean;
  /** Options under which columns can be as they are with the ones and as they are with the others. Default: the others. */
  readonly optionsBetween: (from: DialectOptions | null, to: DialectOptions | null) => DialectOptions | null;
  /**
   * Whether a table with these options is kept in a way that no table which is kept as usual may refer to it, because it loses its rows in a crash, for example.
   * Default false.
   */
  readonly isVolatile: (options: DialectOptions | undefined) => boolean;
}

/** Rules that fit any engine: strict where engines differ. */
export const DEFAULT_DIFF_RULES: DiffRules = Object.freeze({
  sameType: isSameStructure,
  sameExpression: isSameExpression,
  columnOrder: "ignore",
  idleColumnOptions: [],
  idleKeyOptions: [],
  ignoreComments: false,
  foldTableNames: false,
  foldColumnNames: false,
  inlineForeignKeys: false,
  foldImmediateKeys: false,
  viewsHoldColumns: false,
  referencesHoldKeys: false,
  referencesHoldTypes: false,
  namespaceOf: () => undefined,
  viewsHaveAttached: false,
  optionsBetween: (_, to) => to,
  comesBeforeTables: () => false,
  comesLast: () => false,
  findNoted: () => undefined,
  mayGoUnsaid: () => false,
  carryRows: () => undefined,
  canReplace: () => false,
  findCalledName: ({ name }) => name,
  findComparedText: ({ definition }) => definition,
  findHoldingText: ({ definition }) => definition,
  findFollowed: () => undefined,
  changesText: () => false,
  isVolatile: () => false,
} satisfies DiffRules);

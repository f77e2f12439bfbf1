import type { DialectOptions } from "../../schema/model/dialect-options.ts";
import type { ObjectName } from "../../schema/model/defined-object.ts";
import type { Trigger } from "../../schema/model/schema.ts";

/**
 * What an operation does to the things that order depends on, each named by a text:
 * whoever requires a thing comes after whoever creates it, whoever releases it before whoever destroys it, and whoever
 * destroys it before whoever creates another of that name.
 */
export interface Effects {
  readonly creates?: readonly string[];
  readonly requires?: readonly string[];
  readonly releases?: readonly string[];
  readonly destroys?: readonly string[];
}

/** Where an operation comes that does not say so itself. */
export interface GivenPlace {
  /** Where it comes among all when nothing depends on it; lower is earlier. */
  readonly rank: number;
  readonly effects: Effects;
}

/** What the effects of an operation depend on besides the operation. */
export interface EffectContext {
  /** The names of all columns that a table has before or after, for finding them in expressions. */
  readonly columnsOf: (table: string) => readonly string[];
  /** The columns that one is computed from, before or after. */
  readonly sourcesOf: (table: string, column: string) => readonly string[];
  /** The names of all tables and views, before or after, for finding them in definitions. */
  readonly relations: readonly string[];
  /** The tables whose columns a table has. */
  readonly parentsOf: (table: string) => readonly string[];
  /** The names of all enums, sequences and objects, before or after. */
  readonly objects: readonly string[];
  /** See `DiffRules`. */
  readonly findCalledName: (object: ObjectName) => string | undefined;
  /** See `DiffRules`. */
  readonly findFollowed: (trigger: Trigger) => string | undefined;
  /** See `DiffRules`. */
  readonly namespaceOf: (name: string) => string | undefined;
  /** See `DiffRules`. */
  readonly isVolatile: (options: DialectOptions | undefined) => boolean;
  /** See `DiffRules`. */
  readonly changesText: (from: DialectOptions | null, to: DialectOptions | null) => boolean;
  /** The other tables that foreign keys of a table point to, before or after. */
  readonly targetsOf: (table: string) => readonly string[];
  /** Whether a foreign key may stand before its table does; see `DiffRules`. */
  readonly inlineForeignKeys: boolean;
}

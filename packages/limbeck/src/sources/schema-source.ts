import type { Connection } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { DiffRules } from "../diff/diff-rules.ts";
import type { Schema } from "../schema/model/schema.ts";

/** Tables that delete softly, each with the column that says when a row was deleted. */
export type SoftDeletes = ReadonlyMap<string, string>;

/** Where the schema that a database is to have is read from. */
export interface SchemaSource {
  /** What it is called in messages, for example `schema.sql`. */
  readonly name: string;
  /**
   * Whether it names every view and trigger that the database is to have, so that others are dropped. Otherwise those that it does not name are left
   * alone and reported.
   */
  readonly isComplete: boolean;
  /**
   * Creates everything the source describes in an empty database, from which it is read back: so both sides of a comparison are in the
   * engine's own spelling.
   *
   * @throws SourceError when the source cannot be read, or the engine refuses what it says
   */
  readonly build: (scratch: Connection, dialect: Dialect) => Promise<void>;
  /** What it describes in the words in which it was written, where it can say that without an engine. Default: only an engine can say. */
  readonly describe?: (dialect: Dialect) => Promise<Schema | undefined>;
  /** What it means by the schema that was read back. Default: that schema. */
  readonly interpret?: (schema: Schema) => Schema;
  /** Which tables delete softly. Absent where it has no words for that. */
  readonly listSoftDeletes?: () => Promise<SoftDeletes>;
  /** How literally the source is meant, as an addition to the rules of the engine. */
  readonly adaptRules: (rules: DiffRules) => DiffRules;
}

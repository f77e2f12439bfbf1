import type { Schema } from "../schema/model/schema.ts";

/** The three states between which tables are compared; see `TablePair`. */
export interface SchemaStates {
  readonly original: Schema;
  readonly current: Schema;
  readonly target: Schema;
}

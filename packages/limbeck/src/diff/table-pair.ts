import type { Table } from "../schema/model/table.ts";

/** A table that both schemas have, in its three states. */
export interface TablePair {
  /** As it is, under its new name. */
  readonly original: Table;
  /** With its columns and indexes renamed too: the same lists, element by element. */
  readonly current: Table;
  /** As it is to be, its names spelled as in `current` where the engine does not tell them apart. */
  readonly target: Table;
}

import type { SqlValue } from "../ops/operation.ts";
import type { ColumnType } from "../schema/model/column-type.ts";
import type { Table } from "../schema/model/table.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { Connection } from "./connection.ts";

/** Something that holds rows: a table, or what the schema model cannot hold. */
export interface RowHolder {
  readonly name: string;
  /** The columns whose values are stored; what is computed follows from them. */
  readonly columns: readonly string[];
  /** The columns that tell its rows apart; empty where none do. */
  readonly key: readonly string[];
  /** The name under which SQL reaches the engine's own number of a row; absent where there is none. */
  readonly rowNumber?: string;
  /** The table of which these are the former rows, which the engine keeps. Absent for rows that count. */
  readonly formerOf?: string;
}

/** A row as text that is the same for the same stored values, their kinds included: 1 is not "1". */
export interface HeldRow {
  /** In the order of the columns of its holder; null for NULL. */
  readonly values: readonly (string | null)[];
  /** The engine's own number of it; null where there is none. */
  readonly number: string | null;
}

/** What values of types that only one engine has are made with. */
export interface OwnValueRequest {
  /** Holds the types that somebody has defined. */
  readonly schema: Schema;
  /** Another number gives another value. */
  readonly serial: number;
  /** Values of any other type, the plain one first. */
  readonly make: (type: ColumnType) => readonly SqlValue[];
  /** Values that a condition may want, by what stands in it. */
  readonly suggest: (condition: string) => readonly SqlValue[];
}

/** How the rows of an engine are read to be compared. */
export interface RowRules {
  /**
   * Everything in the database that holds rows of its own.
   *
   * @param unmanaged what the introspection found besides the schema
   */
  readonly listHolders: (
    connection: Connection,
    schema: Schema,
    unmanaged: readonly { readonly kind: string; readonly name: string }[],
  ) => Promise<readonly RowHolder[]>;
  /** The rows of a holder in an order that is the same as long as they are, a page at a time, however many there are. */
  readonly readPages: (connection: Connection, holder: RowHolder) => AsyncIterable<readonly HeldRow[]>;
  /**
   * What stands in FROM for all rows of a table, former ones among them, where the engine keeps those of this table; undefined where it does not. Absent for
   * engines that keep none.
   */
  readonly nameWithFormerRows?: (connection: Connection, table: string) => Promise<string | undefined>;
  /** Gives a table former rows, where the engine lets them be made. Absent for engines that keep none. */
  readonly makeFormerRows?: (connection: Connection, holder: RowHolder) => Promise<void>;
  /** Values of a type that only this engine has, the plain one first; undefined for any other type. */
  readonly listOwnValues: (type: ColumnType, request: OwnValueRequest) => readonly SqlValue[] | undefined;
  /** Conditions on rows of a table that are no constraints of it, but belong to its columns. */
  readonly listColumnChecks: (table: Table) => readonly string[];
  /** How far the tables that number their rows have counted, by table. */
  readonly readCounters: (connection: Connection) => Promise<ReadonlyMap<string, string>>;
  /**
   * The tables whose rows some statements may have changed, among them all that they name.
   *
   * @param schema what they met
   * @returns undefined when it may be any
   */
  readonly findTouched: (statements: readonly string[], schema: Schema) => ReadonlySet<string> | undefined;
}

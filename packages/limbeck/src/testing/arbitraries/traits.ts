import type { ColumnType } from "../../schema/model/column-type.ts";
import type { DialectOptions } from "../../schema/model/dialect-options.ts";

/** A kind of table that an engine knows, and what it forbids. */
export interface TableFlavour {
  readonly options?: DialectOptions;
  /** The only types that columns of such a table may have; default: all. */
  readonly types?: readonly ColumnType[];
  /** Default false. */
  readonly needsPrimaryKey?: boolean;
  /** Default true. */
  readonly allowsAutoIncrement?: boolean;
}

/** What the arbitraries may draw from, as the engine that is to hold the schemas allows. */
export interface ArbitraryTraits {
  readonly types: readonly ColumnType[];
  /** Collations for text; empty where there are none. */
  readonly collations: readonly string[];
  readonly flavours: readonly TableFlavour[];
}

/** The portable types, and tables without options. */
export const PORTABLE_TRAITS: ArbitraryTraits = Object.freeze({
  types: [
    { kind: "text" },
    { kind: "varchar", length: 20 },
    { kind: "varchar", length: 40 },
    { kind: "char", length: 3 },
    { kind: "smallint" },
    { kind: "integer" },
    { kind: "bigint" },
    { kind: "real" },
    { kind: "double" },
    { kind: "decimal", precision: 10, scale: 2 },
    { kind: "decimal", precision: 20, scale: 4 },
    { kind: "boolean" },
    { kind: "date" },
    { kind: "time" },
    { kind: "timestamp", timezone: false },
    { kind: "timestamp", timezone: true },
    { kind: "json" },
    { kind: "uuid" },
    { kind: "bytes" },
  ],
  collations: [],
  flavours: [{}],
} satisfies ArbitraryTraits);

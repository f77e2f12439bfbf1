/** The type of a column: a portable kind with its parameters, or `raw`, the engine's own words. */
export type ColumnType =
  | { readonly kind: "text" }
  | { readonly kind: "varchar"; /** Characters. */ readonly length: number }
  | { readonly kind: "char"; /** Characters. */ readonly length: number }
  | { readonly kind: "smallint" }
  | { readonly kind: "integer" }
  | { readonly kind: "bigint" }
  | { readonly kind: "real" }
  | { readonly kind: "double" }
  | {
      readonly kind: "decimal";
      /** Significant digits in all. */ readonly precision: number;
      /** Digits after the point. */ readonly scale: number;
    }
  | { readonly kind: "boolean" }
  | { readonly kind: "date" }
  | { readonly kind: "time" }
  | { readonly kind: "timestamp"; readonly timezone: boolean }
  | { readonly kind: "json" }
  | { readonly kind: "uuid" }
  | { readonly kind: "bytes" }
  | {
      readonly kind: "raw";
      /** The type as the engine spells it; may be empty where the engine allows that. */ readonly sql: string;
    };

/** The name of a portable type, or `raw`. */
export type ColumnTypeKind = ColumnType["kind"];

/** The variant of {@link ColumnType} with a given kind. */
export type ColumnTypeOf<Kind extends ColumnTypeKind> = Extract<ColumnType, { readonly kind: Kind }>;

/** One answer per kind of type; leaving one out does not compile. */
export type ColumnTypeTable<Result> = { readonly [Kind in ColumnTypeKind]: (type: ColumnTypeOf<Kind>) => Result };

/** Calls the entry of a {@link ColumnTypeTable} that fits a type. */
export function dispatchColumnType<Result>(table: ColumnTypeTable<Result>, type: ColumnType): Result {
  // The compiler cannot see that table[type.kind] takes exactly this variant.
  const answer = table[type.kind] as (type: ColumnType) => Result;
  return answer(type);
}

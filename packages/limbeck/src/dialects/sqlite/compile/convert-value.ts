import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { Affinity } from "../affinity.ts";
import { TIMESTAMP_FORMAT } from "../now.ts";
import { classifyType, findStoredAffinity, type ValueClass } from "../value-class.ts";
import {
  isBlob,
  isNoDate,
  isNoNumber,
  isNoPlainInteger,
  isNoTime,
  isNoTimestamp,
  isNoUtf8,
  isNoUtf8Database,
  isNoUuid,
  isRewrittenAsNumber,
  isRoundedAsInteger,
  isRoundedAsNumber,
  isRoundedAsText,
} from "./value-conditions.ts";

/**
 * SQLite converts what looks convertible when a value is stored, also '007' to 7, and leaves everything else as it is; CAST makes
 * something of anything ('abc' becomes 0). So a change of type looks at the values first, and refuses those that the new
 * type cannot mean, or would change without a warning. https://www.sqlite.org/datatype3.html#type_affinity
 *
 * What becomes of a value, by the class of the new type and the storage class of the value:
 *
 * | new type     | integer        | real             | text                                                | blob           |
 * | ------------ | -------------- | ---------------- | --------------------------------------------------- | -------------- |
 * | integer      | kept           | whole: integer   | whole number: integer, warned of                    | refused        |
 * | real         | exact: real    | kept             | number of 15 digits: real, warned of                | refused        |
 * | decimal      | kept           | kept             | number of 15 digits, or an integer; warned of       | refused        |
 * | exactDecimal | text           | text that reads back the same | number: kept                           | refused        |
 * | boolean      | 0 and 1: kept  | 0 and 1: integer | '0' and '1': integer                                | refused        |
 * | text         | text           | text that reads back the same | kept                                   | refused        |
 * | bytes        | text's bytes   | text's bytes, if it reads back the same | its bytes, in UTF-8 databases | kept          |
 * | date ... uuid| refused        | refused          | in its form: kept                                   | refused        |
 * | json         | kept           | kept             | JSON: kept; a number only as SQLite would write it  | refused        |
 * | numeric      | kept           | kept             | kept; a number only as SQLite would write it        | kept           |
 * | any          | kept           | kept             | kept                                                | kept           |
 *
 * A blob of a column of bytes is read as text first, if it is UTF-8 and the database too, except where the last two lines keep it.
 * Warnings are those of `describe-narrowing.ts`.
 */

/** How the values of a column get into a column of another type. */
export interface Conversion {
  /** SQL of the converted value. */
  readonly value: string;
  /** SQL condition that holds for the values, NULL aside, that have no place in the new type. */
  readonly misfit?: string;
}

/** A column as far as values care. */
export interface ValuePlace {
  readonly type: ColumnType;
  /** Whether its table is STRICT. */
  readonly isStrict: boolean;
  /** Whether it is the rowid, which takes integers only. */
  readonly isRowid: boolean;
}

type Convert = (value: string, from: ValueClass, affinity: Affinity) => Conversion;

const either = (...conditions: readonly string[]): string =>
  conditions.map((condition) => `(${condition})`).join(" OR ");

const keep =
  (isMisfit: (value: string) => string): Convert =>
  (value) => ({ value, misfit: isMisfit(value) });

function convertToJson(value: string, _from: ValueClass, affinity: Affinity): Conversion {
  const isChanged = affinity === "numeric" ? isRewrittenAsNumber(value) : isRoundedAsText(value);
  return { value, misfit: either(isBlob(value), `NOT json_valid(${value})`, isChanged) };
}

const CONVERSIONS: { readonly [To in ValueClass]: Convert } = {
  integer: (value) => ({
    value: `CAST(${value} AS INTEGER)`,
    misfit: either(
      isNoNumber(value),
      isRoundedAsNumber(value),
      isRoundedAsInteger(value),
      `CAST(${value} AS INTEGER) <> CAST(${value} AS NUMERIC)`,
    ),
  }),
  real: (value) => ({
    value: `CAST(${value} AS REAL)`,
    misfit: either(isNoNumber(value), isRoundedAsNumber(value), `CAST(${value} AS REAL) <> CAST(${value} AS NUMERIC)`),
  }),
  decimal: (value) => ({
    value: `CAST(${value} AS NUMERIC)`,
    misfit: either(isNoNumber(value), isRoundedAsNumber(value), isRoundedAsInteger(value)),
  }),
  exactDecimal: (value) => ({
    value: `CAST(${value} AS TEXT)`,
    misfit: either(isNoNumber(value), isRoundedAsText(value)),
  }),
  boolean: (value) => ({
    value: `CAST(${value} AS INTEGER)`,
    misfit: either(isNoNumber(value), `CAST(${value} AS NUMERIC) NOT IN (0, 1)`, isNoPlainInteger(value)),
  }),
  text: (value) => ({ value: `CAST(${value} AS TEXT)`, misfit: either(isBlob(value), isRoundedAsText(value)) }),
  bytes: (value) => ({
    value: `CAST(${value} AS BLOB)`,
    misfit: either(isRoundedAsText(value), `NOT (${isBlob(value)}) AND ${isNoUtf8Database}`),
  }),
  date: (value, from) =>
    from === "timestamp"
      ? { value: `date(${value})`, misfit: isNoTimestamp(value) }
      : keep(isNoDate)(value, from, "text"),
  time: (value, from) =>
    from === "timestamp"
      ? { value: `strftime('%H:%M:%f', ${value})`, misfit: isNoTimestamp(value) }
      : keep(isNoTime)(value, from, "text"),
  timestamp: (value, from) =>
    from === "date"
      ? {
          value: `iif(length(${value}) = 10, strftime('${TIMESTAMP_FORMAT}', ${value}), ${value})`,
          misfit: isNoTimestamp(value),
        }
      : keep(isNoTimestamp)(value, from, "text"),
  json: convertToJson,
  uuid: keep(isNoUuid),
  numeric: keep(isRewrittenAsNumber),
  any: (value) => ({ value }),
};

/** Blobs of a column of bytes as text, where the new type is to mean something. */
function decodeBytes(to: ValueClass, column: string, affinity: Affinity): Conversion {
  const { value, misfit } = CONVERSIONS[to](
    `iif(${isBlob(column)}, CAST(${column} AS TEXT), ${column})`,
    "bytes",
    affinity,
  );
  const isUnreadable = `${isBlob(column)} AND (${either(isNoUtf8Database, isNoUtf8(column))})`;
  return { value, misfit: misfit === undefined ? isUnreadable : either(isUnreadable, misfit) };
}

/**
 * How a column's values are copied when its type changes, or what its table makes of it.
 *
 * @param column SQL of the column
 * @returns the column itself, without conditions, when both mean the same to SQLite
 */
export function convertValue(from: ValuePlace, to: ValuePlace, column: string): Conversion {
  const source = classifyType(from.type, from.isStrict);
  const target = classifyType(to.type, to.isStrict);
  const affinity = findStoredAffinity(to.type, to.isStrict);
  // Elsewhere what has never fitted may stay as it is.
  const isEnforced = (to.isStrict && !from.isStrict) || (to.isRowid && !from.isRowid);
  const isSameAffinity = affinity === findStoredAffinity(from.type, from.isStrict);
  if (source === target && isSameAffinity && !isEnforced) return { value: column };
  if (affinity === "blob" && isSameAffinity) {
    if (!to.isStrict || target !== "bytes") return { value: column };
    // Where the type stays, nothing is said about what it loses, so nothing may be.
    return source === "bytes"
      ? { value: column, misfit: `NOT (${isBlob(column)})` }
      : CONVERSIONS.bytes(column, source, affinity);
  }
  const isDecoded = source === "bytes" && target !== "numeric";
  return isDecoded ? decodeBytes(target, column, affinity) : CONVERSIONS[target](column, source, affinity);
}

import type { Row } from "../../dialect/connection.ts";
import type { SqlValue } from "../../ops/operation.ts";
import type { Column } from "../../schema/model/column.ts";
import type { ForeignKey } from "../../schema/model/constraint.ts";
import type { Table } from "../../schema/model/table.ts";
import type { ColumnValues } from "./list-values.ts";
import { makeOddValue } from "./make-value.ts";
import { pickOne, type Random } from "./random.ts";
import { suggestValues } from "./suggest-values.ts";

/** How much of a row is given: every column, as little as possible, or as chance has it. */
export type RowShape = "full" | "sparse" | "mixed";

/** A foreign key, and the keys that it may point to. */
export interface KeyChoice {
  readonly key: ForeignKey;
  /** The columns it points to, by name. */
  readonly target: readonly string[];
  readonly rows: readonly Row[];
}

/** What a row is made from. */
export interface RowRequest {
  readonly table: Table;
  readonly keys: readonly KeyChoice[];
  /** Values that the types of its columns let in. */
  readonly values: ColumnValues;
  /** The conditions that it has to keep. */
  readonly conditions: readonly string[];
  readonly shape: RowShape;
  /** Whether some values are of another kind than their column promises. */
  readonly isOdd: boolean;
  /** How often the engine has refused a row like this one. */
  readonly refusals: number;
  readonly serial: number;
  readonly random: Random;
}

/** The chance that something optional is left out of a mixed row. */
const OMITTED = 0.3;

/** The chance that a value of an odd row is an odd one. */
const ODD = 0.2;

type NewRow = Readonly<Record<string, SqlValue>>;

/** A value; undefined where the column is left to its default. */
function chooseValue(column: Column, request: RowRequest): SqlValue | undefined {
  const { conditions, shape, isOdd, refusals, serial, random } = request;
  const isOmitted = shape === "sparse" || (shape === "mixed" && random() < OMITTED);
  if (isOmitted && column.nullable) return null;
  if (isOmitted && column.default) return undefined;
  if (isOdd && shape === "mixed" && refusals === 0 && random() < ODD) return makeOddValue(column.type, serial);
  const typed = request.values.get(column.name) ?? [];
  const fresh = typed[0] ?? null;
  // As long as nothing was refused, the plain value is the better one: it is different for every row.
  return refusals === 0 ? fresh : (pickOne([...typed, ...suggestValues(conditions, column)], random) ?? fresh);
}

/** The key that a row points to: one that is there, none where there may be none, or the row's own. Parts that the engine computes are left to it. */
function chooseKey({ key, target, rows }: KeyChoice, row: NewRow, { table, random }: RowRequest): NewRow {
  const parts = key.columns.flatMap((name, index) => {
    const column = table.columns.find((one) => one.name === name);
    return column === undefined || column.generated ? [] : [{ column, target: target[index] ?? "" }];
  });
  const none: NewRow = Object.fromEntries(parts.map(({ column }) => [column.name, null]));
  if (parts.some(({ column }) => row[column.name] === null)) return none;
  const isOwn = key.references.table === table.name;
  const chosen = pickOne(rows, random) ?? (isOwn ? row : undefined);
  if (!chosen) return parts.every(({ column }) => column.nullable) ? none : {};
  return Object.fromEntries(parts.map((part) => [part.column.name, chosen[part.target] ?? null]));
}

/** Makes a row that the constraints of its table are likely to let in. */
export function composeRow(request: RowRequest): NewRow {
  const { table, keys } = request;
  const given = table.columns.filter(({ generated, autoIncrement }) => !generated && !autoIncrement);
  const values = given.flatMap((column) => {
    const value = chooseValue(column, request);
    return value === undefined ? [] : [[column.name, value] as const];
  });
  return keys.reduce<NewRow>(
    (row, choice) => ({ ...row, ...chooseKey(choice, row, request) }),
    Object.fromEntries(values),
  );
}

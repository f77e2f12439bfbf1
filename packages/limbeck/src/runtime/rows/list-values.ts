import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { SqlValue } from "../../ops/operation.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import { makeEnumValue } from "./make-enum-value.ts";
import { makeValue } from "./make-value.ts";
import { suggestForCondition } from "./suggest-values.ts";

/** Where values are to be let in. */
export interface ValuePlace {
  readonly dialect: Dialect;
  readonly connection: Connection;
  readonly schema: Schema;
}

/** Values for the columns of a table, by name; the first of each is the plain one. */
export type ColumnValues = ReadonlyMap<string, readonly SqlValue[]>;

/** Values of a type, the plain one first; another number gives others. */
function listValues(type: ColumnType, serial: number, place: ValuePlace): readonly SqlValue[] {
  const { dialect, schema } = place;
  const named = makeEnumValue(type, schema.enums, serial);
  if (named !== undefined) return [named];
  const own = dialect.rows.listOwnValues(type, {
    schema,
    serial,
    make: (other) => listValues(other, serial, place),
    suggest: suggestForCondition,
  });
  return own ?? [makeValue(type, serial)];
}

/** Those of several values that the engine takes for ones of the type; all where it takes none. */
async function filterValues(
  values: readonly SqlValue[],
  type: ColumnType,
  { dialect, connection }: ValuePlace,
): Promise<readonly SqlValue[]> {
  if (values.length < 2) return values;
  const taken: SqlValue[] = [];
  for (const value of values) {
    try {
      await connection.query(`SELECT ${dialect.placeholder(1, type)} AS v`, [value]);
      taken.push(value);
    } catch {
      // What it is not is found out by trial.
    }
  }
  return taken.length > 0 ? taken : values;
}

/** Finds values for every column of a table that the engine lets in as far as their type goes; checks of the table are another matter. */
export async function findColumnValues(table: Table, serial: number, place: ValuePlace): Promise<ColumnValues> {
  const found = new Map<string, readonly SqlValue[]>();
  for (const { name, type } of table.columns) {
    found.set(name, await filterValues(listValues(type, serial, place), type, place));
  }
  return found;
}

import type { Connection } from "../../src/dialect/connection.ts";
import { quoteIdentifier } from "../../src/dialects/sqlite/quote.ts";
import type { SqlValue } from "../../src/ops/operation.ts";
import type { ColumnType } from "../../src/schema/model/column-type.ts";
import type { Schema } from "../../src/schema/model/schema.ts";

const two = (number: number): string => String(number).padStart(2, "0");

/** A value that fits a type; different for different numbers, save for booleans. */
function makeValue(type: ColumnType, number: number): SqlValue {
  switch (type.kind) {
    case "boolean":
      return number % 2 === 0;
    case "smallint":
    case "integer":
    case "bigint":
      return number;
    case "real":
    case "double":
      return number + 0.5;
    case "decimal":
      return `${number}`;
    case "date":
      return `2026-01-${two(number)}`;
    case "time":
      return `10:00:${two(number)}`;
    case "timestamp":
      return `2026-01-${two(number)}T10:00:00.000Z`;
    case "json":
      return { number };
    case "uuid":
      return `00000000-0000-4000-8000-0000000000${two(number)}`;
    case "bytes":
      return new Uint8Array([number]);
    default:
      return String(number);
  }
}

/** Removes rows that point nowhere, and then those that pointed to them. */
async function removeOrphans(connection: Connection): Promise<void> {
  for (;;) {
    const orphaned = await connection.query('SELECT DISTINCT "table" AS name FROM pragma_foreign_key_check');
    const names = orphaned.map(({ name }) => name).filter((name) => typeof name === "string");
    if (names.length === 0) return;
    for (const name of names) await connection.execute(`DELETE FROM ${quoteIdentifier(name)}`);
  }
}

/**
 * Puts up to three rows into every table, as far as its constraints let them in; foreign keys hold afterwards.
 *
 * @param connection with enforcement of foreign keys off
 */
export async function fillTables(connection: Connection, { tables, triggers }: Schema): Promise<void> {
  for (const { name } of triggers) await connection.execute(`DROP TRIGGER ${quoteIdentifier(name)}`);
  for (const { name, columns } of tables) {
    const stored = columns.filter(({ generated }) => !generated);
    const names = stored.map((column) => quoteIdentifier(column.name)).join(", ");
    const placeholders = stored.map(() => "?").join(", ");
    for (const number of [1, 2, 3]) {
      const values = stored.map((column) => (column.nullable && number === 3 ? null : makeValue(column.type, number)));
      await connection
        .execute(`INSERT OR IGNORE INTO ${quoteIdentifier(name)} (${names}) VALUES (${placeholders})`, values)
        // A row that a STRICT table or an expression refuses is one row less.
        .catch(() => 0);
    }
  }
  await removeOrphans(connection);
  for (const { definition } of triggers) await connection.execute(definition);
}

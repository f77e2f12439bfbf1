import type { Statement } from "../../../dialect/statement.ts";
import type { Column } from "../../../schema/model/column.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { readColumnOptions, renderIdentity } from "./render-column.ts";

/** How a column is numbered. */
type Numbering = "none" | "serial" | "identity by default" | "identity always";

function findNumbering(table: string, column: Column): Numbering {
  const { identity, serial } = readColumnOptions(table, column);
  if (!column.autoIncrement) return "none";
  if (serial) return "serial";
  return identity === "always" ? "identity always" : "identity by default";
}

/** The sequence that belongs to a column, as an expression; the name that it got depends on the names that were taken. */
const sequenceOf = (table: string, column: string): string =>
  `pg_get_serial_sequence(${quoteText(quoteIdentifier(table))}, ${quoteText(column)})`;

function startNumbering(table: string, { name, options }: Column, numbering: Numbering): readonly Statement[] {
  const own = `ALTER TABLE ${quoteIdentifier(table)} ALTER COLUMN ${quoteIdentifier(name)}`;
  const column = `${quoteIdentifier(table)}.${quoteIdentifier(name)}`;
  const sequence = quoteIdentifier(`${table}_${name}_seq`);
  const start: readonly Statement[] =
    numbering === "serial"
      ? [
          { sql: `CREATE SEQUENCE ${sequence} OWNED BY ${column}` },
          { sql: `${own} SET DEFAULT nextval(${quoteText(sequence)})` },
        ]
      : [
          {
            sql: `${own} ADD ${renderIdentity(options?.["postgres"]?.["identity"] === "always" ? "always" : undefined)}`,
          },
        ];
  // The next number comes after those that are there.
  const highest = `(SELECT coalesce(max(${quoteIdentifier(name)}), 0) + 1 FROM ${quoteIdentifier(table)})`;
  return [...start, { sql: `SELECT setval(${sequenceOf(table, name)}, ${highest}, false)` }];
}

function stopNumbering(table: string, { name }: Column, numbering: Numbering): readonly Statement[] {
  const own = `ALTER TABLE ${quoteIdentifier(table)} ALTER COLUMN ${quoteIdentifier(name)}`;
  if (numbering !== "serial") return [{ sql: `${own} DROP IDENTITY` }];
  const drop = `EXECUTE 'DROP SEQUENCE ' || ${sequenceOf(table, name)};`;
  return [{ sql: `${own} DROP DEFAULT` }, { sql: `DO $limbeck$ BEGIN ${drop} END $limbeck$` }];
}

/** What takes away how a column numbers its rows, and what gives it another way. */
export interface NumberingChange {
  readonly stop: readonly Statement[];
  readonly start: readonly Statement[];
}

/** How the numbering of a column changes; nothing where it stays. */
export function alterNumbering(table: string, from: Column, to: Column): NumberingChange {
  const [before, after] = [findNumbering(table, from), findNumbering(table, to)];
  if (before === after) return { stop: [], start: [] };
  if (before.startsWith("identity") && after.startsWith("identity")) {
    const mode = after === "identity always" ? "ALWAYS" : "BY DEFAULT";
    const own = `ALTER TABLE ${quoteIdentifier(table)} ALTER COLUMN ${quoteIdentifier(to.name)}`;
    return { stop: [], start: [{ sql: `${own} SET GENERATED ${mode}` }] };
  }
  return {
    stop: before === "none" ? [] : stopNumbering(table, from, before),
    start: after === "none" ? [] : startNumbering(table, to, after),
  };
}

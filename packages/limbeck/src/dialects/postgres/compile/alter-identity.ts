import type { Statement } from "../../../dialect/statement.ts";
import type { Column } from "../../../schema/model/column.ts";
import { quoteBeside, quoteName, splitName } from "../names.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { isSameStructure } from "../../../diff/same-structure.ts";
import type { SequenceParameters } from "../options.ts";
import { renderType } from "../types.ts";
import { readColumnOptions, renderIdentity, renderSequence } from "./render-column.ts";

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
  `pg_get_serial_sequence(${quoteText(quoteName(table))}, ${quoteText(column)})`;

const begin = (table: string, column: string): string =>
  `ALTER TABLE ${quoteName(table)} ALTER COLUMN ${quoteIdentifier(column)}`;

function startNumbering(table: string, column: Column, numbering: Numbering): readonly Statement[] {
  const { name, type } = column;
  const sequence = quoteBeside(`${splitName(table).name}_${name}_seq`, table);
  const owner = `${quoteName(table)}.${quoteIdentifier(name)}`;
  const start: readonly Statement[] =
    numbering === "serial"
      ? [
          { sql: `CREATE SEQUENCE ${sequence} AS ${renderType(type)} OWNED BY ${owner}` },
          { sql: `${begin(table, name)} SET DEFAULT nextval(${quoteText(sequence)})` },
        ]
      : [{ sql: `${begin(table, name)} ADD ${renderIdentity(readColumnOptions(table, column))}` }];
  // What counts in a way of its own begins where it says.
  if (column.options?.["postgres"]?.["sequence"] !== undefined) return start;
  // Otherwise the next number comes after those that are there.
  const highest = `(SELECT coalesce(max(${quoteIdentifier(name)}), 0) + 1 FROM ${quoteName(table)})`;
  return [...start, { sql: `SELECT setval(${sequenceOf(table, name)}, ${highest}, false)` }];
}

/** What a sequence that begins at 1 and counts by one to the end of its type says. */
const PLAIN: SequenceParameters = { start: "1", increment: "1", minimum: "1", cache: "1" };
const HIGHEST: Readonly<Record<string, string>> = {
  smallint: "32767",
  integer: "2147483647",
  bigint: "9223372036854775807",
};

/** An identity that stays one, and counts in another way, or takes other numbers. */
function alterIdentity(table: string, from: Column, to: Column): readonly Statement[] {
  const [before, after] = [readColumnOptions(table, from), readColumnOptions(table, to)];
  const mode = after.identity === "always" ? "ALWAYS" : "BY DEFAULT";
  const isSame = isSameStructure(before.sequence, after.sequence);
  const maximum = HIGHEST[to.type.kind];
  const sequence = { ...PLAIN, ...(maximum !== undefined && { maximum }), ...after.sequence };
  const words = [
    ...(before.identity === after.identity ? [] : [`SET GENERATED ${mode}`]),
    ...(isSame ? [] : [renderSequence(sequence, "SET "), ...(after.sequence?.cycle ? [] : ["SET NO CYCLE"])]),
  ];
  return words.length === 0 ? [] : [{ sql: `${begin(table, to.name)} ${words.join(" ")}` }];
}

/** The sequence of a serial column has a type of its own. */
function alterSerial(table: string, from: Column, to: Column): readonly Statement[] {
  if (from.type.kind === to.type.kind) return [];
  const alter = `EXECUTE 'ALTER SEQUENCE ' || ${sequenceOf(table, to.name)} || ' AS ${renderType(to.type)}';`;
  return [{ sql: `DO $limbeck$ BEGIN ${alter} END $limbeck$` }];
}

function stopNumbering(table: string, { name }: Column, numbering: Numbering): readonly Statement[] {
  const own = begin(table, name);
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
  if (before === "serial" && after === "serial") return { stop: [], start: alterSerial(table, from, to) };
  if (before.startsWith("identity") && after.startsWith("identity")) {
    return { stop: [], start: alterIdentity(table, from, to) };
  }
  if (before === after) return { stop: [], start: [] };
  return {
    stop: before === "none" ? [] : stopNumbering(table, from, before),
    start: after === "none" ? [] : startNumbering(table, to, after),
  };
}

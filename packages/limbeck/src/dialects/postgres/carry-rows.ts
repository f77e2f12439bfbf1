import type { CarriedRows } from "../../diff/diff-rules.ts";
import { findColumn, type Table } from "../../schema/model/table.ts";
import { convertValue } from "./compile/alter-type.ts";
import { quoteBeside, quoteName, splitName } from "./names.ts";
import { quoteIdentifier, quoteList, quoteText } from "./quote.ts";

const keyOf = ({ options }: Table): unknown => options?.["postgres"]?.["partitionBy"];

/** Where the rows of a table are meanwhile, and which numbers its columns would have given next. */
function findAside({ name }: Table): { readonly rows: string; readonly next: string } {
  const own = splitName(name).name;
  return { rows: quoteBeside(`_limbeck_rows_${own}`, name), next: quoteBeside(`_limbeck_next_${own}`, name) };
}

const isNumbered = (table: Table, column: string): boolean => findColumn(table, column)?.autoIncrement === true;

/** The columns that are numbered in both tables. */
function listNumbered(from: Table, to: Table): readonly string[] {
  return from.columns.map(({ name }) => name).filter((name) => isNumbered(from, name) && isNumbered(to, name));
}

const sequenceOf = ({ name }: Table, column: string): string =>
  `pg_get_serial_sequence(${quoteText(quoteName(name))}, ${quoteText(column)})`;

function save(from: Table, to: Table): string {
  const { rows, next } = findAside(from);
  const numbers = listNumbered(from, to).map(
    (column) => `nextval(${sequenceOf(from, column)}) AS ${quoteIdentifier(column)}`,
  );
  return [
    `CREATE TABLE ${rows} AS TABLE ${quoteName(from.name)}`,
    ...(numbers.length === 0 ? [] : [`CREATE TABLE ${next} AS SELECT ${numbers.join(", ")}`]),
  ].join(";\n");
}

function fill(from: Table, to: Table): string {
  const { rows, next } = findAside(from);
  const columns = to.columns.filter((column) => !column.generated && findColumn(from, column.name));
  const values = columns.map((column) => {
    const old = findColumn(from, column.name);
    return convertValue(column.name, old?.type ?? column.type, column.type);
  });
  const numbered = listNumbered(from, to);
  const names = quoteList(columns.map(({ name }) => name));
  return [
    ...(columns.length === 0
      ? []
      : [
          `INSERT INTO ${quoteName(to.name)} (${names}) OVERRIDING SYSTEM VALUE SELECT ${values.join(", ")} FROM ${rows}`,
        ]),
    ...numbered.map(
      (column) => `SELECT setval(${sequenceOf(to, column)}, ${quoteIdentifier(column)}, false) FROM ${next}`,
    ),
    `DROP TABLE ${rows}`,
    ...(numbered.length === 0 ? [] : [`DROP TABLE ${next}`]),
  ].join(";\n");
}

/** No ALTER TABLE spreads rows over partitions, or gathers them: the table is made anew, and its rows are copied. */
export function carryRows(from: Table, to: Table): CarriedRows | undefined {
  if (keyOf(from) === keyOf(to)) return undefined;
  return {
    save: { sql: save(from, to), reverse: fill(to, from) },
    fill: { sql: fill(from, to), reverse: save(to, from) },
  };
}

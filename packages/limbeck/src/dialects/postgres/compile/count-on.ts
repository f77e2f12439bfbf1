import type { Statement } from "../../../dialect/statement.ts";
import type { Table } from "../../../schema/model/table.ts";
import { quoteName } from "../names.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";

/** Lets the sequences of a table count on behind the highest number in it. A sequence that is further stays where it is. */
export function countOn({ name, columns }: Table): readonly Statement[] {
  return columns
    .filter(({ autoIncrement }) => autoIncrement === true)
    .map((column) => ({
      sql:
        `SELECT setval(sequence, highest) FROM (SELECT pg_get_serial_sequence(${quoteText(quoteName(name))}, ${quoteText(column.name)}) AS sequence, ` +
        `max(${quoteIdentifier(column.name)}) AS highest FROM ${quoteName(name)}) AS numbers ` +
        "WHERE highest > coalesce(pg_sequence_last_value(sequence::regclass), 0)",
    }));
}

import { hashText } from "../../kernel/hash-text.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";

const PREFIX = "limbeck_parked_";
const LONGEST_NAME = 40;

/**
 * The table that keeps the deleted rows of another one while that has no column to tell them by.
 *
 * @param namespace what the name begins with on engines that have schemas; undefined where it has none
 */
export function nameParkedTable(table: string, namespace: string | undefined): string {
  const start = namespace === undefined ? 0 : table.lastIndexOf(".") + 1;
  const own = table.slice(start).replaceAll('"', "");
  // Some engines cut long names off, so that two of them could become one.
  const short = own.length > LONGEST_NAME ? `${own.slice(0, LONGEST_NAME)}_${hashText(own).toString(16)}` : own;
  return `${table.slice(0, start)}${PREFIX}${short}`;
}

/** Whether a table holds parked rows, and is none of the schema. */
export const isParkedTable = (name: string): boolean => name.slice(name.lastIndexOf(".") + 1).startsWith(PREFIX);

/** A schema without the tables that hold parked rows. */
export function withoutParkedTables(schema: Schema): Schema {
  return {
    ...schema,
    tables: schema.tables.filter(({ name }) => !isParkedTable(name)),
    objects: schema.objects.filter(({ table }) => table === undefined || !isParkedTable(table)),
  };
}

/** Facts of a fingerprint but for those about tables that hold parked rows; nothing else speaks of these. */
export const withoutParkedFacts = (facts: readonly string[]): readonly string[] =>
  facts.filter((line) => !line.includes(PREFIX));

/** The columns of a table whose values can be written, and so have to be kept. */
export function listKeptColumns({ columns }: Table): readonly string[] {
  return columns.filter(({ generated }) => generated === undefined).map(({ name }) => name);
}

import type { Table } from "../../../schema/model/table.ts";
import { quoteIdentifier } from "../quote.ts";
import { convertValue, type Conversion, type ValuePlace } from "./convert-value.ts";
import { readOptions } from "./read-options.ts";
import type { CopiedColumn, RebuildPlan } from "./rebuild-plan.ts";
import { findRowidColumn } from "./rowid-column.ts";

function locate(table: Table, { name, type }: CopiedColumn["from"]): ValuePlace {
  const { strict } = readOptions(table.options, "table", `Table "${table.name}"`);
  return { type, isStrict: strict === true, isRowid: findRowidColumn(table) === name };
}

/** How a rebuild copies the values of one column. */
export function convertColumn({ before, target }: RebuildPlan, { from, to, using }: CopiedColumn): Conversion {
  if (using !== undefined) return { value: `(${using})` };
  return convertValue(locate(before, from), locate(target, to), quoteIdentifier(from.name));
}

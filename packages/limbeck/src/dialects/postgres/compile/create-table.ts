import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import type { Table } from "../../../schema/model/table.ts";
import { quoteName } from "../names.ts";
import { alterAllInherited, listStorage } from "./column-storage.ts";
import { listComments } from "./comments.ts";
import { nameIndexesOfPart } from "./part-names.ts";
import { readOptions } from "./read-options.ts";
import { renderWith } from "./render-clauses.ts";
import { alterCluster, alterNotNull, alterSecurity } from "./table-options.ts";
import { completeNotNull } from "./not-null.ts";
import { readColumnOptions, renderColumn } from "./render-column.ts";
import { isNotValid, renderConstraint } from "./render-constraint.ts";
import { compileIndex } from "./render-index.ts";

/** CREATE TABLE with one line per column and constraint, then its indexes and comments. */
export function compileCreateTable(
  { table }: { readonly table: Table },
  { before, serverVersion }: CompileContext,
): readonly Statement[] {
  const options = readOptions(table.options, "table", `Table "${table.name}"`);
  const { unlogged, with: parameters, partitionBy, partitionOf, inherits } = options;
  const name = quoteName(table.name);
  const lines = [
    ...table.columns.map((column) => renderColumn(table.name, column, serverVersion)),
    ...table.constraints.filter((constraint) => !isNotValid(constraint)).map(renderConstraint),
  ];
  const list = lines.length === 0 ? "" : `(\n  ${lines.join(",\n  ")}\n)`;
  const body = partitionOf
    ? ["PARTITION OF", quoteName(partitionOf.table), ...(list === "" ? [] : [list]), partitionOf.bound].join(" ")
    : list || "()";
  const parents = inherits ? ` INHERITS (${inherits.map(quoteName).join(", ")})` : "";
  const key = partitionBy === undefined ? "" : ` PARTITION BY ${partitionBy}`;
  const later = table.constraints.filter(isNotValid);
  return [
    { sql: `CREATE ${unlogged ? "UNLOGGED " : ""}TABLE ${name} ${body}${parents}${key}${renderWith(parameters)}` },
    ...table.columns.flatMap((column) => completeNotNull(table.name, column, readColumnOptions(table.name, column))),
    ...nameIndexesOfPart(table.name, partitionOf?.table, before),
    ...later.map((constraint) => ({ sql: `ALTER TABLE ${name} ADD ${renderConstraint(constraint)}` })),
    ...table.indexes.flatMap((index) => compileIndex(table.name, index)),
    ...alterNotNull(`ALTER TABLE ${name}`, {}, options),
    ...alterCluster(`ALTER TABLE ${name}`, {}, options),
    ...alterSecurity(`ALTER TABLE ${name}`, {}, options),
    ...listStorage(table),
    ...listComments(table),
    ...alterAllInherited(table.name, {}, options),
  ];
}

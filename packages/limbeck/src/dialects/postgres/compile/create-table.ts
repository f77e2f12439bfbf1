import type { Statement } from "../../../dialect/statement.ts";
import type { Table } from "../../../schema/model/table.ts";
import { quoteName } from "../names.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { readOptions } from "./read-options.ts";
import { renderWith } from "./render-clauses.ts";
import { alterNotNull, alterSecurity } from "./table-options.ts";
import { renderColumn } from "./render-column.ts";
import { isNotValid, renderConstraint } from "./render-constraint.ts";
import { renderCreateIndex } from "./render-index.ts";

/** COMMENT ON COLUMN; an empty note is none. */
export function commentOnColumn(table: string, column: string, comment: string | undefined): Statement {
  const text = comment === undefined || comment === "" ? "NULL" : quoteText(comment);
  return { sql: `COMMENT ON COLUMN ${quoteName(table)}.${quoteIdentifier(column)} IS ${text}` };
}

/** COMMENT ON TABLE. */
export function commentOnTable(table: string, comment: string | null | undefined): Statement {
  const text = comment === undefined || comment === null || comment === "" ? "NULL" : quoteText(comment);
  return { sql: `COMMENT ON TABLE ${quoteName(table)} IS ${text}` };
}

function listComments({ name, columns, comment }: Table): readonly Statement[] {
  return [
    ...(comment === undefined || comment === "" ? [] : [commentOnTable(name, comment)]),
    ...columns.flatMap((column) =>
      column.comment === undefined || column.comment === "" ? [] : [commentOnColumn(name, column.name, column.comment)],
    ),
  ];
}

/** CREATE TABLE with one line per column and constraint, then its indexes and comments. */
export function compileCreateTable({ table }: { readonly table: Table }): readonly Statement[] {
  const options = readOptions(table.options, "table", `Table "${table.name}"`);
  const { unlogged, with: parameters, partitionBy, partitionOf, inherits } = options;
  const name = quoteName(table.name);
  const lines = [
    ...table.columns.map((column) => renderColumn(table.name, column)),
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
    ...later.map((constraint) => ({ sql: `ALTER TABLE ${name} ADD ${renderConstraint(constraint)}` })),
    ...table.indexes.map((index) => ({ sql: renderCreateIndex(table.name, index) })),
    ...alterNotNull(`ALTER TABLE ${name}`, {}, options),
    ...alterSecurity(`ALTER TABLE ${name}`, {}, options),
    ...listComments(table),
  ];
}

import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import type { Table } from "../../../schema/model/table.ts";
import { findCapabilities } from "../capabilities.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { readOptions, readSettings } from "./read-options.ts";
import { renderColumn } from "./render-column.ts";
import { renderConstraint } from "./render-constraint.ts";
import { renderPeriod } from "./render-period.ts";
import { findTypesOf, renderIndex } from "./render-index.ts";

function renderTableOptions(table: Table): string {
  const options = readOptions(table.options, "table", `Table "${table.name}"`);
  const { engine, charset, collation, rowFormat, settings, systemVersioned, partitionBy } = options;
  return [
    engine === undefined ? "" : ` ENGINE = ${engine}`,
    charset === undefined ? "" : ` DEFAULT CHARACTER SET = ${charset}`,
    collation === undefined ? "" : ` DEFAULT COLLATE = ${collation}`,
    rowFormat === undefined ? "" : ` ROW_FORMAT = ${rowFormat}`,
    ...readSettings(settings).map(([name, value]) => ` ${name} = ${value}`),
    table.comment === undefined || table.comment === "" ? "" : ` COMMENT = ${quoteText(table.comment)}`,
    systemVersioned ? " WITH SYSTEM VERSIONING" : "",
    partitionBy === undefined ? "" : `\nPARTITION BY ${partitionBy}`,
  ].join("");
}

/** The periods of a table, which are lines of their own among the columns. */
function renderPeriods(table: Table): readonly string[] {
  const { systemPeriod, period } = readOptions(table.options, "table", `Table "${table.name}"`);
  return [
    ...(systemPeriod ? [renderPeriod("SYSTEM_TIME", ...systemPeriod)] : []),
    ...(period ? [renderPeriod(quoteIdentifier(period.name), period.start, period.end)] : []),
  ];
}

/** CREATE TABLE with one line per column, constraint and index. */
export function compileCreateTable(
  { table }: OperationMap["createTable"],
  { serverVersion }: Pick<CompileContext, "serverVersion">,
): readonly Statement[] {
  const capabilities = findCapabilities(serverVersion);
  const findType = findTypesOf(table);
  const lines = [
    ...table.columns.map((column) => renderColumn(table.name, column, capabilities)),
    ...renderPeriods(table),
    // Foreign keys take an index that is there, or make one of their own.
    ...table.indexes.map((index) => renderIndex(index, capabilities, findType)),
    ...table.constraints.map(renderConstraint),
  ];
  const body = `(\n  ${lines.join(",\n  ")}\n)`;
  return [{ sql: `CREATE TABLE ${quoteIdentifier(table.name)} ${body}${renderTableOptions(table)}` }];
}

import type { CompileContext } from "../../../dialect/dialect.ts";
import { mentionsIdentifier } from "../../../ops/expression/identifiers.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import type { Column } from "../../../schema/model/column.ts";
import type { Constraint } from "../../../schema/model/constraint.ts";
import { findTable } from "../../../schema/model/schema.ts";
import type { TableIndex } from "../../../schema/model/table-index.ts";
import type { Table } from "../../../schema/model/table.ts";
import { findCapabilities, type Capabilities } from "../capabilities.ts";
import { quoteIdentifier } from "../quote.ts";
import type { AlterPart } from "./alter-part.ts";
import { renderColumn } from "./render-column.ts";
import { renderConstraint } from "./render-constraint.ts";
import { findTypesOf, renderIndex } from "./render-index.ts";

/** ` AFTER x`, ` FIRST`, or nothing for the last place. */
export function renderPlace(after: string | null | undefined): string {
  if (after === undefined) return "";
  return after === null ? " FIRST" : ` AFTER ${quoteIdentifier(after)}`;
}

/** A column and all that are computed from it, however far. */
function findDependents(columns: readonly Column[], name: string): ReadonlySet<string> {
  const found = new Set([name]);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const { name: other, generated } of columns) {
      if (generated && [...found].some((one) => mentionsIdentifier(generated.expression, one))) found.add(other);
    }
  }
  return found;
}

function indexHolds({ parts }: TableIndex, names: ReadonlySet<string>): boolean {
  return parts.some(
    ({ column, expression }) =>
      (column !== undefined && names.has(column)) ||
      (expression !== undefined && [...names].some((name) => mentionsIdentifier(expression, name))),
  );
}

function constraintHolds(constraint: Constraint, names: ReadonlySet<string>): boolean {
  if (constraint.kind === "check") return [...names].some((name) => mentionsIdentifier(constraint.expression, name));
  return constraint.kind === "unique" && constraint.columns.some((name) => names.has(name));
}

/** What goes with the columns, as clauses that take it away first. */
function dropHolders({ indexes, constraints }: Table, names: ReadonlySet<string>): readonly string[] {
  return [
    ...indexes.filter((index) => indexHolds(index, names)).map(({ name }) => `DROP INDEX ${quoteIdentifier(name)}`),
    ...constraints
      .filter((one) => constraintHolds(one, names))
      .map(({ kind, name }) => `DROP ${kind === "unique" ? "INDEX" : "CONSTRAINT"} ${quoteIdentifier(name ?? "")}`),
  ];
}

function addHolders(table: Table, names: ReadonlySet<string>, capabilities: Capabilities): readonly string[] {
  return [
    ...table.indexes
      .filter((index) => indexHolds(index, names))
      .map((index) => `ADD ${renderIndex(index, capabilities, findTypesOf(table))}`),
    ...table.constraints.filter((one) => constraintHolds(one, names)).map((one) => `ADD ${renderConstraint(one)}`),
  ];
}

function addColumns(
  { name, columns }: Table,
  names: ReadonlySet<string>,
  capabilities: Capabilities,
): readonly string[] {
  return columns.flatMap((column, position) => {
    if (!names.has(column.name)) return [];
    const place = renderPlace(columns[position - 1]?.name ?? null);
    return [`ADD COLUMN ${renderColumn(name, column, capabilities)}${place}`];
  });
}

/**
 * A column that is made anew, with all that is computed from it: what is computed on read has no place among the rows, so that it cannot become a stored column in
 * place, nor the other way round.
 */
export function recreateColumn(
  { table, from, to }: OperationMap["alterColumn"],
  { before, after, serverVersion }: CompileContext,
): readonly AlterPart[] {
  const [old, fresh] = [findTable(before, table), findTable(after, table)];
  if (!old || !fresh) return [];
  const capabilities = findCapabilities(serverVersion);
  const names = findDependents(old.columns, from.name);
  const drops = [...names].map((name) => `DROP COLUMN ${quoteIdentifier(name)}`);
  // The values that were read are kept where they can be written.
  const keepsValues = from.generated && !to.generated;
  const update = `UPDATE ${quoteIdentifier(table)} SET ${quoteIdentifier(to.name)} = (${from.generated?.expression ?? "NULL"})`;
  return [
    { clauses: [...dropHolders(old, names), ...drops], isSeparate: true },
    {
      clauses: [...addColumns(fresh, names, capabilities), ...addHolders(fresh, names, capabilities)],
      isSeparate: true,
    },
    ...(keepsValues ? [{ clauses: [], statement: { sql: update } }] : []),
  ];
}

import type { CompileContext } from "../../../dialect/dialect.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import { describeOperation } from "../../../ops/describe/describe-operation.ts";
import type { OperationMap, TableOperation, TableOperationKind } from "../../../ops/operation.ts";
import { findTable } from "../../../schema/model/schema.ts";
import { findCapabilities } from "../capabilities.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { alterColumn } from "./alter-column.ts";
import type { AlterPart } from "./alter-part.ts";
import { renderPlace } from "./recreate-column.ts";
import { renderColumn } from "./render-column.ts";
import { renderConstraint } from "./render-constraint.ts";
import { findTypesOf, renderIndex } from "./render-index.ts";
import { alterTableOptions } from "./table-options.ts";

const one = (...clauses: readonly string[]): readonly AlterPart[] => [{ clauses }];

/** Each kind of constraint is dropped in words of its own. https://mariadb.com/kb/en/alter-table/ */
function dropConstraint(operation: OperationMap["dropConstraint"]): readonly AlterPart[] {
  const { table, constraint } = operation;
  const { name, kind } = constraint;
  if (kind === "primaryKey") return one("DROP PRIMARY KEY");
  if (name === undefined) {
    throw operationErrors.constraintNotFound({ table, constraint: describeOperation(operation), constraints: [] });
  }
  if (kind === "foreignKey") return one(`DROP FOREIGN KEY ${quoteIdentifier(name)}`);
  if (kind === "unique") return one(`DROP INDEX ${quoteIdentifier(name)}`);
  return one(`DROP CONSTRAINT ${quoteIdentifier(name)}`);
}

const CLAUSES: {
  readonly [Kind in TableOperationKind]: (
    operation: OperationMap[Kind],
    context: CompileContext,
  ) => readonly AlterPart[];
} = {
  addColumn: ({ table, column, after }, { serverVersion }) =>
    one(`ADD COLUMN ${renderColumn(table, column, findCapabilities(serverVersion))}${renderPlace(after)}`),
  dropColumn: ({ column }) => one(`DROP COLUMN ${quoteIdentifier(column.name)}`),
  renameColumn: ({ from, to }) => one(`RENAME COLUMN ${quoteIdentifier(from)} TO ${quoteIdentifier(to)}`),
  alterColumn,
  addConstraint: ({ constraint }) => one(`ADD ${renderConstraint(constraint)}`),
  dropConstraint,
  createIndex: ({ table, index }, { before, serverVersion }) =>
    one(`ADD ${renderIndex(index, findCapabilities(serverVersion), findTypesOf(findTable(before, table)))}`),
  dropIndex: ({ index }) => one(`DROP INDEX ${quoteIdentifier(index.name)}`),
  setTableOptions: alterTableOptions,
  setTableComment: ({ to }) => one(`COMMENT = ${quoteText(to ?? "")}`),
};

/** The steps of one change of a table. */
export function listAlterParts(operation: TableOperation, context: CompileContext): readonly AlterPart[] {
  // The compiler cannot see that CLAUSES[operation.kind] takes exactly this member of the union.
  const answer = CLAUSES[operation.kind] as (
    operation: TableOperation,
    context: CompileContext,
  ) => readonly AlterPart[];
  return answer(operation, context);
}

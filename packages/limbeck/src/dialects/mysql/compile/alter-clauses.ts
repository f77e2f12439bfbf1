import type { CompileContext } from "../../../dialect/dialect.ts";
import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import { describeOperation } from "../../../ops/describe/describe-operation.ts";
import type { OperationMap, TableOperation, TableOperationKind } from "../../../ops/operation.ts";
import { findTable } from "../../../schema/model/schema.ts";
import { findCapabilities } from "../capabilities.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { alterColumn, renderPlace } from "./alter-column.ts";
import type { AlterPart } from "./alter-part.ts";
import { dropForeignKey, keepReferenceIndexes, releaseReferenceIndexes } from "./reference-indexes.ts";
import { renderColumn } from "./render-column.ts";
import { renderConstraint } from "./render-constraint.ts";
import { findTypesOf, renderIndex } from "./render-index.ts";
import { alterTableOptions } from "./table-options.ts";

const one = (...clauses: readonly string[]): readonly AlterPart[] => [{ clauses }];

/** What keeps foreign keys going when an index or a key goes. */
function keepIndexes(table: string, { before, after, serverVersion }: CompileContext): readonly string[] {
  const [old, fresh] = [findTable(before, table), findTable(after, table)];
  return old && fresh ? keepReferenceIndexes(old, fresh, findCapabilities(serverVersion)) : [];
}

/** What foreign keys do without when another index or key serves them. */
function releaseIndexes(table: string, { before, after, serverVersion }: CompileContext): readonly string[] {
  const [old, fresh] = [findTable(before, table), findTable(after, table)];
  return old && fresh ? releaseReferenceIndexes(old, fresh, findCapabilities(serverVersion)) : [];
}

/** Each kind of constraint is dropped in words of its own. https://mariadb.com/kb/en/alter-table/ */
function dropConstraint(operation: OperationMap["dropConstraint"], context: CompileContext): readonly AlterPart[] {
  const { table, constraint } = operation;
  const { name, kind } = constraint;
  if (kind === "primaryKey") return one(...keepIndexes(table, context), "DROP PRIMARY KEY");
  if (name === undefined) {
    throw operationErrors.constraintNotFound({ table, constraint: describeOperation(operation), constraints: [] });
  }
  if (kind === "foreignKey") {
    const old = findTable(context.before, table);
    return one(...dropForeignKey({ ...constraint, name }, old, findCapabilities(context.serverVersion)));
  }
  if (kind === "unique") return one(...keepIndexes(table, context), `DROP INDEX ${quoteIdentifier(name)}`);
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
  addConstraint: ({ table, constraint }, context) =>
    one(
      `ADD ${renderConstraint(constraint)}`,
      ...(constraint.kind === "foreignKey" ? [] : releaseIndexes(table, context)),
    ),
  dropConstraint,
  createIndex: ({ table, index }, context) => {
    const findType = findTypesOf(findTable(context.before, table));
    const add = `ADD ${renderIndex(index, findCapabilities(context.serverVersion), findType)}`;
    return one(add, ...releaseIndexes(table, context));
  },
  dropIndex: ({ table, index }, context) =>
    one(...keepIndexes(table, context), `DROP INDEX ${quoteIdentifier(index.name)}`),
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

import { isTableOperation } from "../diff/order/ranks.ts";
import { applyOperation } from "../ops/apply/apply-operation.ts";
import type { Operation, TableOperation } from "../ops/operation.ts";
import type { Constraint } from "../schema/model/constraint.ts";
import { findTable, type Schema } from "../schema/model/schema.ts";
import { findColumn, findPrimaryKey, type Table } from "../schema/model/table.ts";

function findConstraint({ constraints }: Table, wanted: Constraint): Constraint | undefined {
  return constraints.find(({ kind, name }) => kind === wanted.kind && name === wanted.name);
}

/** What an operation that drops a constraint drops here: on some engines the primary key has no name, and what is unique is an index. */
function adoptConstraint(
  operation: Extract<TableOperation, { readonly kind: "dropConstraint" }>,
  found: Table,
): TableOperation {
  const { table, constraint } = operation;
  const own = findConstraint(found, constraint);
  if (own) return { ...operation, constraint: own };
  const key = constraint.kind === "primaryKey" ? findPrimaryKey(found) : undefined;
  if (key) return { ...operation, constraint: key };
  const index = constraint.kind === "unique" ? found.indexes.find(({ name }) => name === constraint.name) : undefined;
  return index?.unique ? { kind: "dropIndex", table, index } : operation;
}

function adoptIndex(operation: Extract<TableOperation, { readonly kind: "dropIndex" }>, found: Table): TableOperation {
  const { table, index } = operation;
  const own = found.indexes.find(({ name }) => name === index.name);
  if (own) return { ...operation, index: own };
  const key = found.constraints.find(({ kind, name }) => kind === "unique" && name === index.name);
  return index.unique && key ? { kind: "dropConstraint", table, constraint: key } : operation;
}

function adoptOne(operation: TableOperation, schema: Schema): TableOperation {
  const found = findTable(schema, operation.table);
  if (!found) return operation;
  switch (operation.kind) {
    case "dropConstraint":
      return adoptConstraint(operation, found);
    case "dropIndex":
      return adoptIndex(operation, found);
    case "dropColumn":
      return { ...operation, column: findColumn(found, operation.column.name) ?? operation.column };
    case "alterColumn":
      return { ...operation, from: findColumn(found, operation.from.name) ?? operation.from };
    case "setTableOptions":
      return { ...operation, from: found.options ?? null };
    case "setTableComment":
      return { ...operation, from: found.comment ?? null };
    default:
      return operation;
  }
}

/**
 * The operation with what it drops or changes as the schema has it, found by its name. For engines that keep definitions in a spelling of their own: what was
 * written in a revision, or follows from it, is then never letter for letter what is there.
 */
export function adoptDefinitions(operation: Operation, schema: Schema): Operation {
  if (isTableOperation(operation)) return adoptOne(operation, schema);
  if (operation.kind === "dropTable") {
    return { ...operation, table: findTable(schema, operation.table.name) ?? operation.table };
  }
  if (operation.kind === "dropView") {
    return { ...operation, view: schema.views.find(({ name }) => name === operation.view.name) ?? operation.view };
  }
  if (!("operations" in operation)) return operation;
  let before = schema;
  const operations = operation.operations.map((one) => {
    const adopted = adoptOne(one, before);
    before = applyOperation(adopted, before);
    return adopted;
  });
  return { ...operation, operations };
}

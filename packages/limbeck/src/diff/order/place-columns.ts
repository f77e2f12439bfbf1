import type { Operation, TableOperation } from "../../ops/operation.ts";
import type { Schema } from "../../schema/model/schema.ts";

/** What places depend on. */
export interface PlaceContext {
  /** The schema that the operations meet, after the renames of tables. */
  readonly before: Schema;
  /** The schema they lead to. */
  readonly after: Schema;
  readonly columnOrder: "ignore" | "exact" | "append";
}

type Place = { readonly after?: string | null };

/** What stands before a position; nothing said means the end of the list. */
function describePlace(names: readonly string[], position: number): Place {
  return position >= names.length ? {} : { after: names[position - 1] ?? null };
}

/** The place for a new column: behind the nearest of those that come before it in the end and are there already. */
function findPlace(names: readonly string[], wanted: readonly string[], name: string): number {
  const before = wanted.slice(0, wanted.indexOf(name));
  return names.indexOf(before.findLast((other) => names.includes(other)) ?? "") + 1;
}

/**
 * Says of every dropped column where it stood, so that the downgrade puts it back there, and of every new one where it
 * goes if the order counts. The end of a table is the place that goes without saying.
 */
export function placeColumns(operations: readonly Operation[], context: PlaceContext): readonly Operation[] {
  if (context.columnOrder === "append") return operations;
  const names = new Map(context.before.tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]));
  const wanted = new Map(context.after.tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]));

  function drop(operation: Extract<TableOperation, { kind: "dropColumn" }>, present: string[]): Operation {
    const position = present.indexOf(operation.column.name);
    present.splice(position, 1);
    return { ...operation, ...describePlace(present, position) };
  }

  function add(operation: Extract<TableOperation, { kind: "addColumn" }>, present: string[]): Operation {
    const { name } = operation.column;
    const isPlaced = context.columnOrder === "exact";
    const position = isPlaced ? findPlace(present, wanted.get(operation.table) ?? [], name) : present.length;
    const place = describePlace(present, position);
    present.splice(position, 0, name);
    return { ...operation, ...place };
  }

  return operations.map((operation) => {
    const present =
      "table" in operation && typeof operation.table === "string" ? names.get(operation.table) : undefined;
    if (!present) return operation;
    if (operation.kind === "dropColumn") return drop(operation, present);
    if (operation.kind === "addColumn") return add(operation, present);
    if (operation.kind === "renameColumn") present[present.indexOf(operation.from)] = operation.to;
    return operation;
  });
}

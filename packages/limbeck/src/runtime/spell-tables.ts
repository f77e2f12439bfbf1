import { foldName } from "../kernel/fold-name.ts";
import type { Operation } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";

/** How a schema spells the name of a table or a view; the name itself when it has none of it in any case. */
export function spellTableName(name: string, { tables, views }: Schema): string {
  const known = [...tables, ...views].map((one) => one.name);
  const folded = foldName(name);
  return known.includes(name) ? name : (known.find((one) => foldName(one) === folded) ?? name);
}

/**
 * An operation that names its table as the schema spells it, so that what follows can compare names letter by letter; for engines that take `Todos` and
 * `todos` for one.
 */
export function spellTables(operation: Operation, schema: Schema): Operation {
  if (operation.kind === "renameTable") return { ...operation, from: spellTableName(operation.from, schema) };
  if (operation.kind === "createTrigger") {
    const { trigger } = operation;
    return { ...operation, trigger: { ...trigger, table: spellTableName(trigger.table, schema) } };
  }
  if (!("table" in operation) || typeof operation.table !== "string") return operation;
  const table = spellTableName(operation.table, schema);
  if ("operations" in operation) {
    return { ...operation, table, operations: operation.operations.map((one) => ({ ...one, table })) };
  }
  // The same operation with another text under `table`, which the compiler cannot see for a union.
  return { ...operation, table } as Operation;
}

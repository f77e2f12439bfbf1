import type { TableOperation } from "../../../ops/operation.ts";
import type { Schema } from "../../../schema/model/schema.ts";

/** The columns of a key or an index that an operation makes or takes away, folded; none where it is about something else. */
function listColumns(operation: TableOperation, kinds: readonly TableOperation["kind"][]): readonly string[] {
  if (!kinds.includes(operation.kind)) return [];
  if ("constraint" in operation) {
    const { constraint } = operation;
    const isKey = constraint.kind === "primaryKey" || constraint.kind === "unique";
    return isKey ? constraint.columns.map((column) => column.toLowerCase()) : [];
  }
  if (!("index" in operation)) return [];
  const columns = operation.index.parts.map(({ column }) => column?.toLowerCase());
  return columns.every((column) => column !== undefined) ? columns : [];
}

const beginsWith = (columns: readonly string[], key: readonly string[]): boolean =>
  key.length > 0 && key.every((column, position) => column === columns[position]);

/** The columns that foreign keys of other tables point to, folded. */
const listReferenced = (table: string, { tables }: Schema): readonly (readonly string[])[] =>
  tables.flatMap(({ name, constraints }) =>
    constraints.flatMap((one) =>
      one.kind === "foreignKey" && one.references.table === table && name !== table
        ? [one.references.columns.map((column) => column.toLowerCase())]
        : [],
    ),
  );

/** Whether an operation has to do with one of the columns, or with something of the same name. */
function concerns(operation: TableOperation, columns: readonly string[], name: string | undefined): boolean {
  const names =
    operation.kind === "renameColumn"
      ? [operation.from, operation.to]
      : operation.kind === "alterColumn"
        ? [operation.from.name, operation.to.name]
        : "column" in operation
          ? [operation.column.name]
          : [];
  if (names.some((one) => columns.includes(one.toLowerCase()))) return true;
  const own = "index" in operation ? operation.index.name : "constraint" in operation ? operation.constraint.name : "";
  return name !== undefined && own?.toLowerCase() === name.toLowerCase();
}

const nameOf = (operation: TableOperation): string | undefined =>
  "index" in operation ? operation.index.name : "constraint" in operation ? operation.constraint.name : undefined;

/**
 * The changes of a table in an order in which a key that foreign keys of other tables need goes right before the one that takes its place: where the changes are more
 * than one statement, the server refuses to be without it in between. https://mariadb.com/kb/en/foreign-keys/
 */
export function placeReferencedKeys(
  table: string,
  operations: readonly TableOperation[],
  before: Schema,
): readonly TableOperation[] {
  const referenced = listReferenced(table, before);
  let placed = operations;
  for (const drop of operations) {
    const columns = listColumns(drop, ["dropConstraint", "dropIndex"]);
    const served = referenced.filter((key) => beginsWith(columns, key));
    const position = placed.indexOf(drop);
    const heir = placed.findIndex(
      (one, index) =>
        index > position && served.some((key) => beginsWith(listColumns(one, ["addConstraint", "createIndex"]), key)),
    );
    if (heir === -1) continue;
    const between = placed.slice(position + 1, heir);
    if (between.some((one) => concerns(one, columns, nameOf(drop)))) continue;
    placed = [...placed.slice(0, position), ...between, drop, ...placed.slice(heir)];
  }
  return placed;
}

import type { TableOperation } from "../../../ops/operation.ts";
import type { Schema } from "../../../schema/model/schema.ts";

const DROPS: readonly TableOperation["kind"][] = ["dropConstraint", "dropIndex"];
const ADDS: readonly TableOperation["kind"][] = ["addConstraint", "createIndex"];

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

/** The columns of a table for which foreign keys need an index, on either side, folded. */
const listReferenced = (table: string, { tables }: Schema): readonly (readonly string[])[] =>
  tables.flatMap(({ name, constraints }) =>
    constraints.flatMap((one) => {
      if (one.kind !== "foreignKey") return [];
      const sides = [
        ...(name === table ? [one.columns] : []),
        ...(one.references.table === table ? [one.references.columns] : []),
      ];
      return sides.map((columns) => columns.map((column) => column.toLowerCase()));
    }),
  );

/** What a constraint or an index is called; all primary keys of a table share one name. */
function nameOf(operation: TableOperation): string | undefined {
  if ("index" in operation) return operation.index.name.toLowerCase();
  if (!("constraint" in operation)) return undefined;
  const { constraint } = operation;
  return constraint.kind === "primaryKey" ? "PRIMARY" : constraint.name?.toLowerCase();
}

function listChanged(operation: TableOperation): readonly string[] {
  if (operation.kind === "alterColumn") return [operation.from.name, operation.to.name];
  return "column" in operation ? [operation.column.name] : [];
}

/** Whether an operation has to do with a column of what is dropped, or with something of its name. */
function concerns(operation: TableOperation, drop: TableOperation, columns: readonly string[]): boolean {
  const name = nameOf(drop);
  const isOfColumn = listChanged(operation).some((column) => columns.includes(column.toLowerCase()));
  return isOfColumn || (name !== undefined && nameOf(operation) === name);
}

/** A drop behind columns that have got other names: the key is the same, in the names that it has then. */
function renameIn<Drop extends TableOperation>(drop: Drop, between: readonly TableOperation[]): Drop {
  const rename = (column: string): string =>
    between.reduce((name, one) => (one.kind === "renameColumn" && one.from === name ? one.to : name), column);
  if ("constraint" in drop && drop.constraint.kind !== "check")
    return { ...drop, constraint: { ...drop.constraint, columns: drop.constraint.columns.map(rename) } };
  if (!("index" in drop)) return drop;
  const parts = drop.index.parts.map((part) =>
    part.column === undefined ? part : { ...part, column: rename(part.column) },
  );
  return { ...drop, index: { ...drop.index, parts } };
}

/**
 * The changes of a table in an order in which an index that foreign keys need goes right before the one that takes its place: where the changes are more than one
 * statement, the server refuses to be without it in between. https://mariadb.com/kb/en/foreign-keys/
 */
export function placeReferencedKeys(
  table: string,
  operations: readonly TableOperation[],
  before: Schema,
): readonly TableOperation[] {
  const referenced = listReferenced(table, before);
  let placed = operations;
  for (const drop of operations) {
    const columns = listColumns(drop, DROPS);
    const served = referenced.filter((key) => beginsWith(columns, key));
    const position = placed.indexOf(drop);
    const heir = placed.findIndex((one, index) => {
      if (index <= position) return false;
      const later = listColumns(renameIn(drop, placed.slice(position, index)), DROPS);
      return served.some((key) => beginsWith(listColumns(one, ADDS), later.slice(0, key.length)));
    });
    if (heir === -1) continue;
    const between = placed.slice(position + 1, heir);
    if (between.some((one) => concerns(one, drop, columns))) continue;
    placed = [...placed.slice(0, position), ...between, renameIn(drop, between), ...placed.slice(heir)];
  }
  return placed;
}

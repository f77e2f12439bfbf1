import type { UnmanagedObject } from "../../../dialect/dialect.ts";
import type { ForeignKey, ReferentialAction } from "../../../schema/model/constraint.ts";
import type { CatalogueReference } from "./catalogue/constraints.ts";

/** RESTRICT is what happens when nothing is said, and the same as NO ACTION, which some write. */
const ACTIONS: ReadonlyMap<string, ReferentialAction> = new Map<string, ReferentialAction>([
  ["CASCADE", "cascade"],
  ["SET NULL", "set null"],
  ["SET DEFAULT", "set default"],
  ["NO ACTION", "no action"],
]);

function buildReference(parts: readonly CatalogueReference[], first: CatalogueReference): ForeignKey {
  const [onDelete, onUpdate] = [ACTIONS.get(first.onDelete), ACTIONS.get(first.onUpdate)];
  return {
    kind: "foreignKey",
    name: first.name,
    columns: parts.map(({ column }) => column),
    references: { table: first.targetTable, columns: parts.map(({ targetColumn }) => targetColumn) },
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
  };
}

/** The foreign keys of a table, and those that lead to other databases, which have no name in the model. */
export function buildReferences(
  parts: readonly CatalogueReference[],
  database: string,
): { readonly references: readonly ForeignKey[]; readonly unmanaged: readonly UnmanagedObject[] } {
  const references: ForeignKey[] = [];
  const unmanaged: UnmanagedObject[] = [];
  for (const group of Map.groupBy(parts, ({ name }) => name).values()) {
    const [first] = group;
    if (!first) continue;
    if (first.targetDatabase === database) references.push(buildReference(group, first));
    else {
      const reason = `it leads to another database, ${first.targetDatabase}`;
      unmanaged.push({ kind: "foreign key", name: `${first.name} on ${first.table}`, reason });
    }
  }
  return { references, unmanaged };
}

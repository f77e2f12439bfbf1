import type { UnmanagedObject } from "../../../dialect/dialect.ts";
import type { ForeignKey, ReferentialAction } from "../../../schema/model/constraint.ts";
import type { CatalogueReference, CatalogueRule } from "./catalogue/constraints.ts";

/** RESTRICT is what happens when nothing is said, and the same as NO ACTION, which some write. */
const ACTIONS: ReadonlyMap<string, ReferentialAction> = new Map<string, ReferentialAction>([
  ["CASCADE", "cascade"],
  ["SET NULL", "set null"],
  ["SET DEFAULT", "set default"],
  ["NO ACTION", "no action"],
]);

function buildReference(
  parts: readonly CatalogueReference[],
  first: CatalogueReference,
  rule: CatalogueRule,
): ForeignKey {
  const [onDelete, onUpdate] = [ACTIONS.get(rule.onDelete), ACTIONS.get(rule.onUpdate)];
  return {
    kind: "foreignKey",
    name: first.name,
    columns: parts.map(({ column }) => column),
    references: { table: first.targetTable, columns: parts.map(({ targetColumn }) => targetColumn) },
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
  };
}

/**
 * The foreign keys of a table, and those that lead to other databases, which have no name in the model.
 *
 * @param rules what the foreign keys of the table do; those that it says nothing of were not read
 */
export function buildReferences(
  parts: readonly CatalogueReference[],
  rules: readonly CatalogueRule[],
  database: string,
): { readonly references: readonly ForeignKey[]; readonly unmanaged: readonly UnmanagedObject[] } {
  const references: ForeignKey[] = [];
  const unmanaged: UnmanagedObject[] = [];
  for (const group of Map.groupBy(parts, ({ name }) => name).values()) {
    const [first] = group;
    const rule = rules.find(({ name }) => name === first?.name);
    if (!first || !rule) continue;
    if (first.targetDatabase === database) references.push(buildReference(group, first, rule));
    else {
      const reason = `it leads to another database, ${first.targetDatabase}`;
      unmanaged.push({ kind: "foreign key", name: `${first.name} on ${first.table}`, reason });
    }
  }
  return { references, unmanaged };
}

import type { Constraint, ForeignKey } from "../../schema/model/constraint.ts";
import type { Table } from "../../schema/model/table.ts";
import { choose } from "./build-columns.ts";
import type { ForeignKeyRecipe } from "./recipes.ts";

/** The lists of columns of a table that a foreign key may point to. */
function findKeys({ constraints }: Table): readonly (readonly string[])[] {
  return constraints.flatMap((one) => (one.kind === "primaryKey" || one.kind === "unique" ? [one.columns] : []));
}

function buildForeignKey(
  recipe: ForeignKeyRecipe,
  name: string,
  table: Table,
  tables: readonly Table[],
): ForeignKey | undefined {
  const target = choose(tables, recipe.target);
  const key = target && choose(findKeys(target), recipe.key);
  const columns = table.columns.filter(({ generated }) => !generated).map((column) => column.name);
  if (!target || !key || key.length > columns.length) return undefined;
  const start = (recipe.columns[0] ?? 0) % columns.length;
  const { onDelete, onUpdate, deferrable } = recipe;
  return {
    kind: "foreignKey",
    ...(recipe.isNamed && { name }),
    columns: key.map((_, position) => columns[(start + position) % columns.length] ?? "id"),
    references: { table: target.name, columns: key },
    ...(onDelete && { onDelete }),
    ...(onUpdate && { onUpdate }),
    ...(deferrable && { deferrable }),
  };
}

/** The foreign keys of a table; to the table itself, to others, and in circles. */
export function buildForeignKeys(
  recipes: readonly (ForeignKeyRecipe | undefined)[],
  table: Table,
  tables: readonly Table[],
): readonly Constraint[] {
  const seen = new Set<string>();
  return recipes.flatMap((recipe, position) => {
    const built = recipe && buildForeignKey(recipe, `fk_${table.name}_${position}`, table, tables);
    const isRepeated = built !== undefined && seen.has(built.columns.join());
    if (!built || isRepeated) return [];
    seen.add(built.columns.join());
    return [built];
  });
}

import type { Schema, Trigger, View } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import { choose, spell } from "./build-columns.ts";
import { chooseColumns } from "./build-table.ts";
import type { TextRecipe } from "./recipes.ts";

/** Views of tables and of views before them, in SQL that every engine with quoted names takes. */
export function buildViews(recipes: readonly (TextRecipe | undefined)[], tables: readonly Table[]): readonly View[] {
  const sources = tables.map(({ name, columns }) => ({ name, columns }));
  return recipes.flatMap((recipe, position) => {
    const source = recipe && choose(sources, recipe.relation);
    if (!recipe || !source) return [];
    const name = `view_${position}`;
    const chosen = chooseColumns(source.columns, recipe.columns);
    const write = (one: string): string => spell(one, recipe.form);
    const filter = choose(["", ` WHERE ${spell(chosen[0] ?? "id", recipe.relation)} IS NOT NULL`], recipe.form);
    sources.push({ name, columns: source.columns.filter((column) => chosen.includes(column.name)) });
    return [
      {
        name,
        definition: `SELECT ${chosen.map(write).join(", ")} FROM ${spell(source.name, recipe.relation)}${filter}`,
      },
    ];
  });
}

const EVENTS = ["AFTER INSERT", "AFTER UPDATE", "BEFORE DELETE"];

function writeTrigger(name: string, recipe: TextRecipe, table: Table, other: Table): string {
  const [column = "id"] = chooseColumns(table.columns, recipe.columns);
  const event = choose(EVENTS, recipe.form) ?? "AFTER INSERT";
  const row = event === "BEFORE DELETE" ? "OLD" : "NEW";
  const write = (one: string): string => spell(one, recipe.form);
  const action = `DELETE FROM ${write(other.name)} WHERE ${spell("id", recipe.relation)} = -1`;
  const condition = `${row}.${spell(column, recipe.relation)} IS NULL`;
  return `CREATE TRIGGER ${write(name)} ${event} ON ${write(table.name)} WHEN ${condition} BEGIN ${action}; END`;
}

/** Triggers on tables, which reach into other tables, and on views. */
export function buildTriggers(
  recipes: readonly (TextRecipe | undefined)[],
  { tables, views }: Pick<Schema, "tables" | "views">,
): readonly Trigger[] {
  return recipes.flatMap((recipe, position): Trigger[] => {
    const table = recipe && choose(tables, recipe.relation);
    if (!recipe || !table) return [];
    const name = `trigger_${position}`;
    const view = choose(views, recipe.relation);
    if (view && recipe.form % 4 === 0) {
      const definition = `CREATE TRIGGER ${spell(name, recipe.form)} INSTEAD OF DELETE ON ${spell(view.name, recipe.form)} BEGIN SELECT 1; END`;
      return [{ name, table: view.name, definition }];
    }
    const other = choose(tables, recipe.form) ?? table;
    return [{ name, table: table.name, definition: writeTrigger(name, recipe, table, other) }];
  });
}

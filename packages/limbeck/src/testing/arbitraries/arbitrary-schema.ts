import type { Arbitrary } from "fast-check";
import { EMPTY_SCHEMA, type Schema } from "../../schema/model/schema.ts";
import { buildForeignKeys } from "./build-foreign-keys.ts";
import { buildTable } from "./build-table.ts";
import { buildTriggers, buildViews } from "./build-texts.ts";
import { arbitrarySchemaRecipes, TABLE_NAMES, type SchemaRecipe } from "./recipes.ts";
import { PORTABLE_TRAITS, type ArbitraryTraits } from "./traits.ts";
import type { Twice } from "./twice.ts";

function buildSchema(recipe: SchemaRecipe, traits: ArbitraryTraits): Schema {
  const drafts = recipe.tables.flatMap((table, position) => {
    const name = TABLE_NAMES[position];
    return table && name !== undefined ? [{ recipe: table, table: buildTable(name, table, traits) }] : [];
  });
  const bare = drafts.map(({ table }) => table);
  const tables = drafts.map(({ recipe: { foreignKeys }, table }) => ({
    ...table,
    constraints: [...table.constraints, ...buildForeignKeys(foreignKeys, table, bare)],
  }));
  const views = buildViews(recipe.views, tables);
  const triggers = buildTriggers(recipe.triggers, { tables, views });
  return { ...EMPTY_SCHEMA, tables, views, triggers };
}

/**
 * Two valid schemas with much in common: tables, columns, constraints and indexes of the same names, some changed, some
 * only in one of them.
 *
 * @param traits what the engine that is to hold them allows
 */
export function arbitrarySchemaPair(traits: ArbitraryTraits = PORTABLE_TRAITS): Arbitrary<Twice<Schema>> {
  return arbitrarySchemaRecipes.map(([before, after]) => [buildSchema(before, traits), buildSchema(after, traits)]);
}

/** Valid schemas: tables with keys, checks and indexes, foreign keys also in circles, views and triggers. */
export function arbitrarySchema(traits: ArbitraryTraits = PORTABLE_TRAITS): Arbitrary<Schema> {
  return arbitrarySchemaPair(traits).map(([schema]) => schema);
}

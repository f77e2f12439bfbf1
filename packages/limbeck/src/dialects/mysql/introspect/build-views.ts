import type { UnmanagedObject } from "../../../dialect/dialect.ts";
import type { Trigger, View } from "../../../schema/model/schema.ts";
import { quoteIdentifier } from "../quote.ts";
import type { CatalogueTrigger, CatalogueView } from "./catalogue/views-and-routines.ts";
import type { Spell } from "./spelling.ts";

/** Views, and those that are more than their query. */
export function buildViews(
  found: readonly CatalogueView[],
  spell: Spell,
): { readonly views: readonly View[]; readonly unmanaged: readonly UnmanagedObject[] } {
  const built = found.map(({ name, definition, checkOption, security, algorithm }) => {
    const check = checkOption === "NONE" ? "" : ` WITH ${checkOption} CHECK OPTION`;
    const view: View = { name, definition: `${spell(definition)}${check}` };
    const isPlain = security === "DEFINER" && algorithm === "UNDEFINED";
    const head = `CREATE ALGORITHM = ${algorithm} SQL SECURITY ${security} VIEW ${quoteIdentifier(name)}`;
    return { view, isPlain, statement: `${head} AS ${view.definition}` };
  });
  return {
    views: built.flatMap(({ view, isPlain }) => (isPlain ? view : [])),
    unmanaged: built
      .filter(({ isPlain }) => !isPlain)
      .map(({ view, statement }) => ({
        kind: "view",
        name: view.name,
        reason: "its algorithm, or with whose rights it runs, has no words in the schema model",
        definition: statement,
      })),
  };
}

/** A trigger as the statement that creates it. */
export function buildTrigger({ name, table, timing, event, statement }: CatalogueTrigger, spell: Spell): Trigger {
  const head = `CREATE TRIGGER ${quoteIdentifier(name)} ${timing} ${event} ON ${quoteIdentifier(table)} FOR EACH ROW`;
  return { name, table, definition: `${head} ${spell(statement)}` };
}

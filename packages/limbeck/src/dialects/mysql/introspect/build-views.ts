import type { Trigger, View } from "../../../schema/model/schema.ts";
import type { MysqlViewOptions } from "../options.ts";
import { quoteIdentifier } from "../quote.ts";
import { writePrefix } from "../session-prefix.ts";
import type { CatalogueTrigger, CatalogueView } from "./catalogue/views-and-routines.ts";
import type { Catalogue } from "./catalogue/read-catalogue.ts";
import { findOwnSettings } from "./own-settings.ts";
import type { Spell } from "./spelling.ts";
import { toOptions } from "./to-options.ts";

function findOptions({ security, algorithm }: CatalogueView): MysqlViewOptions {
  const word = algorithm.toLowerCase();
  return {
    ...(security === "INVOKER" && { security: "invoker" as const }),
    ...((word === "merge" || word === "temptable") && { algorithm: word }),
  };
}

/** A view as its query, which names the columns. */
export function buildView(found: CatalogueView, spell: Spell): View {
  const { name, definition, checkOption } = found;
  const check = checkOption === "NONE" ? "" : ` WITH ${checkOption} CHECK OPTION`;
  return { name, definition: `${spell(definition)}${check}`, ...toOptions<"view">(findOptions(found)) };
}

/** A trigger as the statement that creates it, with the settings in which it is read. */
function buildTrigger(
  { name, table, timing, event, statement, sqlMode }: CatalogueTrigger,
  before: CatalogueTrigger | undefined,
  catalogue: Catalogue,
  spell: Spell,
): Trigger {
  const head = `CREATE TRIGGER ${quoteIdentifier(name)} ${timing} ${event} ON ${quoteIdentifier(table)} FOR EACH ROW`;
  const place = before === undefined ? "" : ` FOLLOWS ${quoteIdentifier(before.name)}`;
  const settings = findOwnSettings({ sqlMode }, catalogue);
  return { name, table, definition: writePrefix(settings, `${head}${place} ${spell(statement ?? "")}`) };
}

/** Whoever may not look at a trigger is told its name. */
export const isTriggerShown = ({ statement }: CatalogueTrigger): boolean => statement !== null;

/** Whoever may not look at a view's query is given an empty one. */
export const isViewShown = ({ definition }: CatalogueView): boolean => definition !== "";

/** Triggers; of several that fire at the same time, each says which one it comes after. */
export function buildTriggers(catalogue: Catalogue, spell: Spell): readonly Trigger[] {
  const last = new Map<string, CatalogueTrigger>();
  return catalogue.triggers.filter(isTriggerShown).map((trigger) => {
    const moment = JSON.stringify([trigger.table, trigger.timing, trigger.event]);
    const before = last.get(moment);
    last.set(moment, trigger);
    return buildTrigger(trigger, before, catalogue, spell);
  });
}

import type { Schema } from "../model/schema.ts";
import { buildTable } from "./build-table.ts";
import type { LiveRules } from "./live-parts.ts";
import type { NamingConvention } from "./naming-convention.ts";
import type { EnumDefinition, ObjectDefinition, SequenceDefinition } from "./object-definitions.ts";
import {
  modelKindOf,
  type ModelDefinition,
  type TableDefinition,
  type TriggerDefinition,
  type ViewDefinition,
} from "./table-definition.ts";

/**
 * The schema that models describe, sorted by name.
 *
 * @param convention gives the names that the models don't
 * @param rules what the engine makes of rules for live rows. Default: partial indexes
 */
export function buildSchema(
  models: readonly ModelDefinition[],
  convention: NamingConvention,
  rules?: LiveRules,
): Schema {
  const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
  const ofKind = <Model extends ModelDefinition>(kind: string): readonly Model[] =>
    models.filter((model): model is Model => modelKindOf(model) === kind);
  return {
    tables: ofKind<TableDefinition>("table")
      .map((model) => buildTable(model, convention, rules))
      .toSorted(byName),
    views: ofKind<ViewDefinition>("view")
      .map((model) => model.view)
      .toSorted(byName),
    triggers: ofKind<TriggerDefinition>("trigger")
      .map((model) => model.trigger)
      .toSorted(byName),
    enums: ofKind<EnumDefinition>("enum")
      .map((model) => model.enum)
      .toSorted(byName),
    sequences: ofKind<SequenceDefinition>("sequence")
      .map((model) => model.sequence)
      .toSorted(byName),
    objects: ofKind<ObjectDefinition>("object")
      .map((model) => model.object)
      .toSorted(byName),
  };
}

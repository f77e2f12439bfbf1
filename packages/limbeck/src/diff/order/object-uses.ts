import type { DefinedObject } from "../../schema/model/defined-object.ts";
import type { Sequence } from "../../schema/model/sequence.ts";
import { findMentioned } from "../find-mentioned.ts";
import type { EffectContext } from "./effect-context.ts";
import { homes, mentionedColumns, mentionedNatures, mentionedObjects } from "./mentioned-things.ts";
import { column, named, relation, rowsOf, silent, SOFT } from "./things.ts";

/** What a view needs: relations and objects, and softly what the columns are that it speaks of. */
export function mentionedRelations(own: string, sql: string, context: EffectContext): readonly string[] {
  const relations = findMentioned(sql, context.relations).filter((name) => name !== own);
  const natures = relations.flatMap((one) => mentionedNatures(one, sql, context));
  return [
    ...relations.map(relation),
    ...natures.map((thing) => SOFT + thing),
    ...homes(own, context),
    ...mentionedObjects(sql, context),
  ];
}

/** The thing that an object is. */
export function objectThing(object: DefinedObject, { findCalledName }: EffectContext): string {
  const called = findCalledName(object);
  return called === undefined ? silent(object.name) : named(called);
}

/** What an object needs: hard where the engine knows it, softly whatever its text speaks of besides. */
export function objectUses(object: DefinedObject, context: EffectContext): readonly string[] {
  const { name, table, definition, dependsOn } = object;
  const own = objectThing(object, context);
  const hard = (dependsOn ?? []).flatMap((one) => [relation(one), rowsOf(one), named(one), silent(one)]);
  const relations = findMentioned(definition, context.relations);
  const mentioned = [
    ...relations.map(relation),
    ...relations.map(rowsOf),
    ...relations.flatMap((one) => mentionedColumns(one, definition, context)),
    ...relations.flatMap((one) => mentionedNatures(one, definition, context)),
    ...mentionedObjects(definition, context),
  ];
  const tables = table === undefined ? [] : [relation(table)];
  return [...homes(name, context), ...tables, ...hard, ...mentioned.map((thing) => SOFT + thing)].filter(
    (thing) => thing !== own && thing !== SOFT + own,
  );
}

export function ownerUses({ ownedBy }: Sequence): readonly string[] {
  return ownedBy ? [relation(ownedBy.table), column(ownedBy.table, ownedBy.column)] : [];
}

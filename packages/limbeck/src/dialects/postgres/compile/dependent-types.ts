import { findMentioned } from "../../../diff/find-mentioned.ts";
import { orderOperations } from "../../../diff/order/order-operations.ts";
import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import { postgresDiffRules } from "../diff-rules.ts";
import { splitName } from "../names.ts";
import { findTypeColumns } from "./type-columns.ts";

/** Types that columns may be of, and that are kept as definitions. */
export const TYPE_KINDS: readonly string[] = ["domain", "composite type", "range type"];

/** The domains and composite types that are made of a type, and those made of them, in an order in which they can be created. */
export function listDependentTypes(schema: Schema, name: string): readonly DefinedObject[] {
  const types = schema.objects.filter((object) => TYPE_KINDS.includes(object.kind) && object.name !== name);
  const found = new Set<DefinedObject>();
  for (let size = -1; size !== found.size;) {
    size = found.size;
    const names = [name, ...[...found].map((one) => one.name)];
    for (const type of types) if (findMentioned(type.definition, names).length > 0) found.add(type);
  }
  const created = orderOperations(
    [...found].map((object) => ({ kind: "createObject", object })),
    { current: schema, original: schema, target: schema, rules: postgresDiffRules },
  );
  return created.flatMap((one) => (one.kind === "createObject" ? one.object : []));
}

/** A domain over lists is a container as well; one over another domain is not. */
const isContainer = ({ kind, definition }: DefinedObject): boolean =>
  kind !== "domain" || (definition.split("\n", 1)[0] ?? "").includes("[]");

/**
 * Whether columns hold values of a type inside of others, in lists or composite types: there the server looks for none that a new condition of a domain would
 * refuse, and so refuses the condition. https://www.postgresql.org/docs/current/sql-alterdomain.html
 */
export function isHeldInside(schema: Schema, name: string): boolean {
  const dependents = listDependentTypes(schema, name);
  const inLists = [name, ...dependents.map((one) => one.name)].some((type) =>
    findTypeColumns(schema, type).some(({ isArray }) => isArray),
  );
  return inLists || dependents.some((one) => isContainer(one) && findTypeColumns(schema, one.name).length > 0);
}

/** What a type is called while another one takes its place, without its schema. */
export const nameOld = (name: string): string => `_limbeck_old_${splitName(name).name}`;

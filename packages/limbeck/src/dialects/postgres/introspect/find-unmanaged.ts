import type { UnmanagedObject } from "../../../dialect/dialect.ts";
import type { CatalogueIndex } from "./catalogue/indexes.ts";
import type { Catalogue } from "./catalogue/read-catalogue.ts";
import type { CatalogueRelation } from "./catalogue/relations.ts";

const NO_WORDS = "models have no words for it yet";

/** What a relation is that is no table or view of the model; undefined for those that the model holds. */
export function findForeignKind({ kind, typed }: CatalogueRelation): string | undefined {
  if (kind === "f") return "foreign table";
  return typed ? "typed table" : undefined;
}

function findRelations({ relations }: Catalogue): readonly UnmanagedObject[] {
  return relations.flatMap((relation) => {
    const kind = findForeignKind(relation);
    return kind === undefined ? [] : [{ kind, name: relation.name, reason: NO_WORDS }];
  });
}

/** An index that is less than the model says. */
export function describeIndex({ name, whole }: CatalogueIndex, table: string): UnmanagedObject {
  const reason = whole
    ? "it was made with ON ONLY, and is not valid until each partition has its part: ALTER INDEX ... ATTACH PARTITION"
    : "it is not valid: building it failed, and no query uses it";
  return { kind: "index", name: `${name} on ${table}`, reason };
}

/** What the database holds that the model has no words for. */
export function findUnmanaged(catalogue: Catalogue): readonly UnmanagedObject[] {
  return [
    ...catalogue.strangers.map(({ kind, name, reason }) => ({ kind, name, reason: reason ?? NO_WORDS })),
    ...findRelations(catalogue),
  ];
}

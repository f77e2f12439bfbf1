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

/** Whether an index is more, or less, than the model can say. */
export function isForeignIndex({ valid, hasClassParameters }: CatalogueIndex): boolean {
  return !valid || hasClassParameters;
}

export function describeIndex({ name, valid, definition }: CatalogueIndex, table: string): UnmanagedObject {
  if (valid) return { kind: "index", name: `${name} on ${table}`, reason: NO_WORDS, definition };
  const reason = "it is not valid: building it failed, and no query uses it";
  return { kind: "index", name: `${name} on ${table}`, reason };
}

/** What the database holds that the model has no words for. */
export function findUnmanaged(catalogue: Catalogue): readonly UnmanagedObject[] {
  return [
    ...catalogue.strangers.map(({ kind, name }) => ({
      kind,
      name,
      reason: kind === "rights" ? "rights are not compared yet" : NO_WORDS,
    })),
    ...findRelations(catalogue),
  ];
}

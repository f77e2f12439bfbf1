import type { UnmanagedObject } from "../../../dialect/dialect.ts";
import type { CatalogueConstraint } from "./catalogue/constraints.ts";
import type { CatalogueIndex } from "./catalogue/indexes.ts";
import type { Catalogue } from "./catalogue/read-catalogue.ts";
import type { CatalogueRelation } from "./catalogue/relations.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";

const NO_WORDS = "models have no words for it yet";

/** What a relation is that is no plain table or view; undefined for those that the model holds. */
export function findForeignKind({
  kind,
  partition,
  inherits,
  typed,
  rules,
  parameters,
}: CatalogueRelation): string | undefined {
  if (partition) return "partition";
  switch (kind) {
    case "p":
      return "partitioned table";
    case "m":
      return "materialized view";
    case "f":
      return "foreign table";
    case "r":
      if (inherits) return "table with inheritance";
      return typed ? "typed table" : undefined;
    case "v":
      if (parameters !== null) return "view with options";
      return rules === null ? undefined : "view with rules";
    default:
      return undefined;
  }
}

const trimQuery = (sql: string): string => sql.trim().replace(/;$/, "");

/** A view can be created from its query; what a table would take is more than the catalogue was asked for. */
function defineRelation({ name, kind, definition, parameters }: CatalogueRelation): { readonly definition?: string } {
  if (definition === null) return {};
  const options = (parameters ?? []).map((parameter) => {
    const end = parameter.indexOf("=");
    return `${quoteIdentifier(parameter.slice(0, end))} = ${quoteText(parameter.slice(end + 1))}`;
  });
  const words = kind === "m" ? "MATERIALIZED VIEW" : "VIEW";
  const withOptions = options.length === 0 ? "" : ` WITH (${options.join(", ")})`;
  return { definition: `CREATE ${words} ${quoteIdentifier(name)}${withOptions} AS ${trimQuery(definition)}` };
}

function findRelations({ relations }: Catalogue): readonly UnmanagedObject[] {
  return relations.flatMap((relation) => {
    const kind = findForeignKind(relation);
    return kind === undefined ? [] : [{ kind, name: relation.name, reason: NO_WORDS, ...defineRelation(relation) }];
  });
}

function findRules({ relations }: Catalogue): readonly UnmanagedObject[] {
  return relations.flatMap(({ name: relation, rules }) =>
    (rules ?? []).map(({ name, definition }) => ({
      kind: "rule",
      name: `${name} on ${relation}`,
      reason: NO_WORDS,
      definition: trimQuery(definition),
    })),
  );
}

function findRowSecurity({ relations }: Catalogue): readonly UnmanagedObject[] {
  return relations.flatMap(({ name, rowSecurity, forcedRowSecurity }) => {
    const own = `ALTER TABLE ${quoteIdentifier(name)}`;
    const say = (word: string, definition: string): UnmanagedObject => ({
      kind: word,
      name: `of ${name}`,
      reason: NO_WORDS,
      definition,
    });
    return [
      ...(rowSecurity ? [say("row security", `${own} ENABLE ROW LEVEL SECURITY`)] : []),
      ...(forcedRowSecurity ? [say("forced row security", `${own} FORCE ROW LEVEL SECURITY`)] : []),
    ];
  });
}

/** Constraints that are no constraint of the model, by the table that they belong to. */
export function describeConstraint({ name, type, definition }: CatalogueConstraint, table: string): UnmanagedObject {
  const isForeign = type === "f";
  return {
    kind: isForeign ? "foreign key" : "exclusion constraint",
    name: `${name} of ${table}`,
    reason: isForeign ? "it points to a table of another schema" : NO_WORDS,
    definition: `ALTER TABLE ${quoteIdentifier(table)} ADD CONSTRAINT ${quoteIdentifier(name)} ${definition}`,
  };
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

function findObjects({ objects }: Catalogue): readonly UnmanagedObject[] {
  return objects.map(({ kind, name, definition }) => ({
    kind,
    name,
    reason: kind === "schema" ? "only the first schema of the search path is looked at" : NO_WORDS,
    ...(definition !== null && { definition }),
  }));
}

/** What the current schema holds, and the database has installed, that is no part of a table or view of the model. */
export function findUnmanaged(catalogue: Catalogue): readonly UnmanagedObject[] {
  return [
    ...findObjects(catalogue),
    ...findRelations(catalogue),
    ...findRules(catalogue),
    ...findRowSecurity(catalogue),
  ];
}

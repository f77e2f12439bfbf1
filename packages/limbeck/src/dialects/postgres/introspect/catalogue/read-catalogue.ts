import type { Connection } from "../../../../dialect/connection.ts";
import type { IntrospectionScope } from "../../../../dialect/dialect.ts";
import { selectColumns, type CatalogueColumn } from "./columns.ts";
import { selectConstraints, type CatalogueConstraint } from "./constraints.ts";
import { DEPENDENCIES, type CatalogueDependency } from "./dependencies.ts";
import { selectIndexes, type CatalogueIndex } from "./indexes.ts";
import { FIRST_NAMESPACE, OWN_NAMESPACES } from "./names.ts";
import { RELATIONS, type CatalogueRelation } from "./relations.ts";
import { TRIGGERS, type CatalogueTrigger } from "./triggers.ts";
import { selectObjects, type CatalogueObject } from "./objects.ts";
import { SEQUENCES, type CatalogueOwnSequence } from "./sequences.ts";
import { ENUMS, type CatalogueEnum } from "./types.ts";
import { STRANGERS, type CatalogueStranger } from "./unmanaged.ts";

/** What the system catalogue says about the database: all schemas but those that the server keeps for itself. */
export interface Catalogue {
  readonly relations: readonly CatalogueRelation[];
  readonly columns: readonly CatalogueColumn[];
  readonly constraints: readonly CatalogueConstraint[];
  readonly indexes: readonly CatalogueIndex[];
  readonly triggers: readonly CatalogueTrigger[];
  readonly enums: readonly CatalogueEnum[];
  readonly sequences: readonly CatalogueOwnSequence[];
  readonly objects: readonly CatalogueObject[];
  readonly dependencies: readonly CatalogueDependency[];
  readonly strangers: readonly CatalogueStranger[];
}

const listQueries = (version: string): { readonly [Part in keyof Catalogue]: string } => ({
  relations: RELATIONS,
  columns: selectColumns(version),
  constraints: selectConstraints(version),
  indexes: selectIndexes(version),
  triggers: TRIGGERS,
  enums: ENUMS,
  sequences: SEQUENCES,
  objects: selectObjects(version),
  dependencies: DEPENDENCIES,
  strangers: STRANGERS,
});

/** No look for strangers, which belong to no schema; and all that is asked of every schema is asked of one. */
function ofOneSchema(queries: ReturnType<typeof listQueries>): readonly (readonly [part: string, query: string])[] {
  return Object.entries({ ...queries, strangers: "NULL::json" }).map(([part, query]) => [
    part,
    query.replaceAll(OWN_NAMESPACES, FIRST_NAMESPACE),
  ]);
}

/**
 * Reads all of it in one statement, so that it is of one moment, and costs one round trip however many tables there are.
 *
 * @param scope "own" leaves out all schemas but the first one of the search path, and what belongs to none
 */
export async function readCatalogue(connection: Connection, scope: IntrospectionScope): Promise<Catalogue> {
  const queries = listQueries(connection.serverVersion);
  const parts = (scope === "own" ? ofOneSchema(queries) : Object.entries(queries)).map(
    ([part, query]) => `coalesce((${query}), '[]'::json) AS "${part}"`,
  );
  const [row] = await connection.query(`SELECT ${parts.join(",\n")}`);
  // The queries stand beside the types that say what they give.
  return row as unknown as Catalogue;
}

import type { Connection } from "../../../../dialect/connection.ts";
import { COLUMNS, type CatalogueColumn } from "./columns.ts";
import { CONSTRAINTS, type CatalogueConstraint } from "./constraints.ts";
import { INDEXES, type CatalogueIndex } from "./indexes.ts";
import { RELATIONS, type CatalogueRelation } from "./relations.ts";
import { TRIGGERS, type CatalogueTrigger } from "./triggers.ts";
import { OBJECTS, type CatalogueObject } from "./unmanaged.ts";

/** What the system catalogue says about the current schema, and the extensions of the database. */
export interface Catalogue {
  readonly relations: readonly CatalogueRelation[];
  readonly columns: readonly CatalogueColumn[];
  readonly constraints: readonly CatalogueConstraint[];
  readonly indexes: readonly CatalogueIndex[];
  readonly triggers: readonly CatalogueTrigger[];
  readonly objects: readonly CatalogueObject[];
}

const QUERIES: { readonly [Part in keyof Catalogue]: string } = {
  relations: RELATIONS,
  columns: COLUMNS,
  constraints: CONSTRAINTS,
  indexes: INDEXES,
  triggers: TRIGGERS,
  objects: OBJECTS,
};

/** Reads all of it in one statement, so that it is of one moment, and costs one round trip however many tables there are. */
export async function readCatalogue(connection: Connection): Promise<Catalogue> {
  const parts = Object.entries(QUERIES).map(([part, query]) => `coalesce((${query}), '[]'::json) AS "${part}"`);
  const [row] = await connection.query(`SELECT ${parts.join(",\n")}`);
  // The queries stand beside the types that say what they give.
  return row as unknown as Catalogue;
}

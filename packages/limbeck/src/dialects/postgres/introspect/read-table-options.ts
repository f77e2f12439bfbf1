import type { PostgresTableOptions } from "../options.ts";
import type { CatalogueRelation } from "./catalogue/relations.ts";
import { readParameters } from "./read-parameters.ts";

function readReplicaIdentity({
  replicaIdentity,
  replicaIndex,
}: CatalogueRelation): Pick<PostgresTableOptions, "replicaIdentity"> {
  if (replicaIdentity === "n") return { replicaIdentity: "nothing" };
  if (replicaIdentity === "f") return { replicaIdentity: "full" };
  return replicaIdentity === "i" && replicaIndex !== null ? { replicaIdentity: { index: replicaIndex } } : {};
}

/** What the catalogue says about a table beyond the schema model. */
export function readTableOptions(relation: CatalogueRelation): PostgresTableOptions {
  const { unlogged, parameters, partitionKey, bound, parents, notNull, clusterIndex, rowSecurity, forcedRowSecurity } =
    relation;
  const [parent] = parents ?? [];
  return {
    ...(unlogged && { unlogged: true }),
    ...readParameters(parameters),
    ...(partitionKey !== null && { partitionBy: partitionKey }),
    ...(bound !== null && parent !== undefined && { partitionOf: { table: parent, bound } }),
    ...(bound === null && parents !== null && { inherits: parents }),
    ...(notNull !== null && { notNull }),
    ...(clusterIndex !== null && { cluster: clusterIndex }),
    ...(rowSecurity && { rowSecurity: true }),
    ...(forcedRowSecurity && { forceRowSecurity: true }),
    ...readReplicaIdentity(relation),
  };
}

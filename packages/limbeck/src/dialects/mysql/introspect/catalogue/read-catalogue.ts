import type { Connection, Row } from "../../../../dialect/connection.ts";
import type { Capabilities } from "../../capabilities.ts";
import { readText } from "../../driver/read-text.ts";
import { quoteText } from "../../quote.ts";
import { columnsQuery, type CatalogueColumn } from "./columns.ts";
import { checksQuery, referencesQuery, type CatalogueCheck, type CatalogueReference } from "./constraints.ts";
import { indexesQuery, type CatalogueIndexPart } from "./indexes.ts";
import { partitionsQuery, tablesQuery, type CataloguePartition, type CatalogueTable } from "./tables.ts";
import {
  routinesQuery,
  triggersQuery,
  viewsQuery,
  type CatalogueRoutine,
  type CatalogueTrigger,
  type CatalogueView,
} from "./views-and-routines.ts";

/** What the information schema says about the current database. */
export interface Catalogue {
  readonly database: string;
  /** How text compares where a table says nothing. */
  readonly collation: string;
  readonly tables: readonly CatalogueTable[];
  readonly columns: readonly CatalogueColumn[];
  readonly indexes: readonly CatalogueIndexPart[];
  readonly references: readonly CatalogueReference[];
  readonly checks: readonly CatalogueCheck[];
  readonly partitions: readonly CataloguePartition[];
  readonly views: readonly CatalogueView[];
  readonly triggers: readonly CatalogueTrigger[];
  readonly routines: readonly CatalogueRoutine[];
}

type Part = Exclude<keyof Catalogue, "database" | "collation">;

/** Each as a function of the database's name as SQL text: with a constant the server opens only the tables that it is asked about. */
const QUERIES: { readonly [Name in Part]: (database: string, capabilities: Capabilities) => string } = {
  tables: tablesQuery,
  columns: columnsQuery,
  indexes: indexesQuery,
  references: referencesQuery,
  checks: checksQuery,
  partitions: partitionsQuery,
  views: viewsQuery,
  triggers: triggersQuery,
  routines: routinesQuery,
};

/** Reads all of it in a fixed number of statements, however many tables there are. */
export async function readCatalogue(connection: Connection, capabilities: Capabilities): Promise<Catalogue> {
  const [facts] = await connection.query("SELECT DATABASE() AS name, @@collation_database AS collation");
  const database = readText(facts, "name");
  const parts: [string, readonly Row[]][] = [];
  for (const [part, query] of Object.entries(QUERIES)) {
    parts.push([part, await connection.query(query(quoteText(database), capabilities))]);
  }
  const read = { database, collation: readText(facts, "collation"), ...Object.fromEntries(parts) };
  // The queries stand beside the types that say what they give.
  return read as unknown as Catalogue;
}

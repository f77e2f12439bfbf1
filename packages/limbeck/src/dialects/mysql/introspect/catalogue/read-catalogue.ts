import type { Connection, Row } from "../../../../dialect/connection.ts";
import type { UnreadObject } from "../../../../dialect/dialect.ts";
import type { Capabilities } from "../../capabilities.ts";
import { readText } from "../../driver/read-text.ts";
import { columnsQuery, type CatalogueColumn } from "./columns.ts";
import {
  checksQuery,
  referencesQuery,
  rulesQuery,
  type CatalogueCheck,
  type CatalogueReference,
  type CatalogueRule,
} from "./constraints.ts";
import { indexesQuery, type CatalogueIndexPart } from "./indexes.ts";
import { tablesQuery, type CatalogueTable } from "./tables.ts";
import { completeRules, listWithoutRule } from "./complete-rules.ts";
import { placeColumnChecks, readStatedChecks } from "./place-column-checks.ts";
import { restoreCharacters } from "./restore-characters.ts";
import { listUnread } from "./rights.ts";
import { readTableStatements } from "./table-statements.ts";
import {
  eventsQuery,
  routinesQuery,
  triggersQuery,
  viewsQuery,
  type CatalogueEvent,
  type CatalogueRoutine,
  type CatalogueTrigger,
  type CatalogueView,
} from "./views-and-routines.ts";

/** What the information schema says about the current database. */
export interface Catalogue {
  readonly database: string;
  /** How text compares where a table says nothing. */
  readonly collation: string;
  /** The settings of this session that routines, triggers and events take on. */
  readonly sqlMode: string;
  readonly timeZone: string;
  readonly tables: readonly CatalogueTable[];
  readonly columns: readonly CatalogueColumn[];
  readonly indexes: readonly CatalogueIndexPart[];
  readonly references: readonly CatalogueReference[];
  readonly rules: readonly CatalogueRule[];
  readonly checks: readonly CatalogueCheck[];
  readonly views: readonly CatalogueView[];
  readonly triggers: readonly CatalogueTrigger[];
  readonly routines: readonly CatalogueRoutine[];
  readonly events: readonly CatalogueEvent[];
  /** The statements of tables of which the rest does not tell everything, by their names. */
  readonly statements: ReadonlyMap<string, string>;
  /** The kinds of objects of which not all may be shown. */
  readonly unread: readonly UnreadObject[];
}

type Part = Exclude<keyof Catalogue, "database" | "collation" | "sqlMode" | "timeZone" | "statements" | "unread">;

/** To the server as good as the name itself, with which it looks into this one database only; it need not be asked for before the others, which take longer. */
const CURRENT = "DATABASE()";

/**
 * Each as a function of the database's name as SQL. The one that takes longest comes first, because a comparison has the most to do meanwhile at the beginning.
 */
const QUERIES: { readonly [Name in Part]: (database: string, capabilities: Capabilities) => string } = {
  columns: columnsQuery,
  references: referencesQuery,
  tables: tablesQuery,
  indexes: indexesQuery,
  rules: rulesQuery,
  checks: checksQuery,
  views: viewsQuery,
  triggers: triggersQuery,
  routines: routinesQuery,
  events: eventsQuery,
};

const FACTS =
  "SELECT DATABASE() AS name, @@collation_database AS collation, @@sql_mode AS sqlMode, @@time_zone AS timeZone";

const listBaseTables = ({ tables }: Pick<Catalogue, "tables">): readonly string[] =>
  tables.filter(({ type }) => type !== "SEQUENCE" && type !== "VIEW").map(({ name }) => name);

/** Reads all of it, in a fixed number of statements but for tables of which those do not tell everything. */
export async function readCatalogue(connection: Connection, capabilities: Capabilities): Promise<Catalogue> {
  const parts: [string, readonly Row[]][] = [];
  for (const [part, query] of Object.entries(QUERIES)) {
    parts.push([part, await connection.query(query(CURRENT, capabilities))]);
  }
  const [facts] = await connection.query(FACTS);
  const database = readText(facts, "name");
  const own = {
    database,
    collation: readText(facts, "collation"),
    sqlMode: readText(facts, "sqlMode"),
    timeZone: readText(facts, "timeZone"),
  };
  // The queries stand beside the types that say what they give.
  const found = { ...own, ...Object.fromEntries(parts) } as unknown as Omit<Catalogue, "statements" | "unread">;
  const unshown = await listUnread(connection, database);
  // Who has rights on single tables only is shown no checks, but the statements of those tables.
  const checks = unshown.some(({ kind }) => kind === "table")
    ? await readStatedChecks(connection, listBaseTables(found))
    : await placeColumnChecks(connection, found);
  const rules = await completeRules(connection, found);
  const read = await restoreCharacters(connection, { ...found, checks, rules });
  const unread = [...unshown, ...listWithoutRule(read)];
  return { ...read, unread, statements: await readTableStatements(connection, read) };
}

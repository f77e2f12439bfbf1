import { closeWith } from "../../../dialect/close-with.ts";
import type { Connection } from "../../../dialect/connection.ts";
import type { Reach, ScratchOptions } from "../../../dialect/dialect.ts";
import { ConnectionError, connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { spellsAlike } from "../capabilities.ts";
import { describeDatabaseError, findSqlState, SQL_STATES } from "../database-errors.ts";
import { quoteIdentifier, quoteText } from "../quote.ts";
import { connect, setUp } from "./connect.ts";
import { redactUrl } from "./database-url.ts";
import type { DriverSession } from "./driver.ts";
import { buildEmbeddedUrl, IN_MEMORY, isEmbeddedUrl } from "./embedded-url.ts";
import { eraseSchema, isSchemaEmpty } from "./erase-schema.ts";
import { useExisting } from "./existing/use-existing.ts";
import { changeDatabase } from "./parse-url.ts";
import { openPgliteInMemory } from "./pglite.ts";
import { readText } from "./read-text.ts";
import { dropScratch, ScratchConnection, type Bench } from "./scratch-connection.ts";
import { listDeadScratches, nameScratch } from "./scratch-name.ts";

/** What a scratch database takes over from the one beside it, so that names and text mean the same in both. */
interface Likeness {
  readonly encoding: string;
  readonly collate: string;
  readonly ctype: string;
  /** The schemas in which names are looked up, in order. */
  readonly schemas: readonly string[];
}

async function readLikeness(beside: Connection): Promise<Likeness> {
  const [row] = await beside.query(
    `SELECT pg_encoding_to_char(encoding)::text AS encoding, datcollate::text AS collate, datctype::text AS ctype,
      to_json(current_schemas(false)) AS schemas
    FROM pg_database WHERE datname = current_database()`,
  );
  const schemas = row?.["schemas"];
  return {
    encoding: readText(row, "encoding"),
    collate: readText(row, "collate"),
    ctype: readText(row, "ctype"),
    schemas: Array.isArray(schemas) ? schemas.map(String) : ["public"],
  };
}

/** Databases that a run left behind when it was killed. Another run may drop them at the same time, and some belong to other users. */
async function dropLeftovers(keeper: Connection): Promise<void> {
  for (const name of await listDeadScratches(keeper)) {
    await keeper.execute(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`).catch(() => undefined);
  }
}

async function createDatabase(keeper: Connection, { encoding, collate, ctype }: Likeness): Promise<string> {
  const name = await nameScratch(keeper);
  await keeper
    .execute(
      // The template is the one that holds nothing, and nobody can be connected to it.
      `CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE template0 ENCODING ${quoteText(encoding)} ` +
        `LC_COLLATE ${quoteText(collate)} LC_CTYPE ${quoteText(ctype)}`,
    )
    .catch((error: unknown) => {
      const state = findSqlState(error);
      const isForbidden = state === SQL_STATES.insufficientPrivilege || state === SQL_STATES.readOnly;
      const context = { url: keeper.description, message: describeDatabaseError(error), scheme: "postgres" };
      if (isForbidden) throw connectionErrors.scratchForbidden(context, error);
      throw error;
    });
  return name;
}

/** Names lead where they do in the database beside it. */
async function createSchemas(scratch: Connection, schemas: readonly string[]): Promise<void> {
  const path = schemas.map(quoteIdentifier).join(", ");
  for (const schema of schemas) await scratch.execute(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`);
  await scratch.execute(`SELECT set_config('search_path', ${quoteText(path)}, false)`);
}

/** Objects may be created in any order, functions before the tables they speak of; and nothing has to survive a crash. */
async function settle(scratch: Connection): Promise<void> {
  await scratch.execute(
    "SELECT set_config('check_function_bodies', 'off', false), set_config('synchronous_commit', 'off', false)",
  );
}

async function openOn(bench: Bench): Promise<Connection> {
  const keeper = await bench.openKeeper();
  let name: string | undefined;
  try {
    await dropLeftovers(keeper);
    const likeness = await readLikeness(keeper);
    name = await createDatabase(keeper, likeness);
    const prepare = async (scratch: Connection): Promise<void> => {
      await createSchemas(scratch, likeness.schemas);
      await settle(scratch);
    };
    return await ScratchConnection.open(bench, { name, keeper, prepare });
  } catch (error) {
    await dropScratch(keeper, name);
    throw error;
  }
}

/** A database in this process, for those that are there too. */
async function openInMemory(open: () => Promise<DriverSession>): Promise<Connection> {
  const description = buildEmbeddedUrl(IN_MEMORY);
  const scratch = await setUp({ session: await open(), description, isBorrowed: false });
  await settle(scratch);
  return scratch;
}

const openPgliteScratch = (): Promise<Connection> => openInMemory(() => openPgliteInMemory(() => undefined));

/** PGlite in this process, of whatever version; undefined where it is not installed. */
export const openStandIn = (): Promise<Connection | undefined> => openPgliteScratch().catch(() => undefined);

/**
 * PGlite in place of a database of the server, where none may be created: only of the same version, because another one would write the same schema in other
 * words, and differences would be seen where there are none.
 *
 * @returns undefined where it is not installed, or of another version
 */
async function openSameVersion(url: string, reach: Reach): Promise<Connection | undefined> {
  const server = await connect(url, reach);
  await server.close();
  const scratch = await openStandIn();
  if (scratch === undefined || spellsAlike(scratch.serverVersion, server.serverVersion)) return scratch;
  await scratch.close();
  return undefined;
}

async function openBesideUrl(url: string, { onNotice, ...reach }: Reach): Promise<Connection> {
  if (isEmbeddedUrl(url)) return openPgliteScratch();
  const description = redactUrl(url);
  try {
    return await openOn({
      description,
      openKeeper: () => connect(url, reach),
      openNamed: (name) => connect(changeDatabase(url, name), reach),
    });
  } catch (error) {
    if (!(error instanceof ConnectionError) || error.reason !== "scratchForbidden") throw error;
    const scratch = await openSameVersion(url, reach);
    if (scratch === undefined) throw error;
    const message = `no database may be created beside ${description}; PGlite ${scratch.serverVersion} takes its place as scratch database`;
    onNotice?.({ severity: "NOTICE", message });
    return scratch;
  }
}

function openBesideExisting(value: object): Promise<Connection> {
  const { url, openAnother, isEmbedded } = useExisting(value);
  if (openAnother === undefined) throw connectionErrors.scratchUnreachable({ url });
  if (isEmbedded) return openInMemory(openAnother);
  const open = async (name?: string): Promise<Connection> =>
    setUp({ session: await openAnother(name), description: url, isBorrowed: false });
  return openOn({ description: url, openKeeper: open, openNamed: open });
}

/** Two runs would see each other's tables, so the database is locked like one that is migrated, and given up at once. */
async function openGiven(url: string, reach: Reach): Promise<Connection> {
  const scratch = await connect(url, reach);
  try {
    const [row] = await scratch.query("SELECT pg_try_advisory_lock(hashtext('limbeck_scratch')) AS taken");
    if (row?.["taken"] !== true) throw connectionErrors.scratchInUse({ url: scratch.description });
    if (!(await isSchemaEmpty(scratch))) throw connectionErrors.scratchNotEmpty({ url: scratch.description });
    await settle(scratch);
  } catch (error) {
    await scratch.close();
    throw error;
  }
  return closeWith(scratch, scratch.description, async () => {
    await scratch.execute("ROLLBACK").catch(() => undefined);
    await eraseSchema(scratch);
    await scratch.close();
  });
}

/**
 * An empty database: one that is created beside another one and dropped in the end, or the one that is given, which is emptied in the end. Beside a database of
 * PGlite it is another one, in memory.
 *
 * @throws ConnectionError when none may be created, or the given one is in use or holds something
 */
export async function openScratch({ beside, url, ...reach }: ScratchOptions = {}): Promise<Connection> {
  // What is told on a scratch database would be told again by the run it is made for.
  const { onNotice: _, ...quiet } = reach;
  if (url !== undefined) return openGiven(url, quiet);
  if (beside === undefined) throw connectionErrors.scratchNowhere({});
  return typeof beside === "string" ? openBesideUrl(beside, reach) : openBesideExisting(beside);
}

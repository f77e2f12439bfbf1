import { randomBytes } from "node:crypto";
import { closeWith } from "../../../dialect/close-with.ts";
import type { Connection } from "../../../dialect/connection.ts";
import type { DatabaseTarget, Reach, ScratchOptions } from "../../../dialect/dialect.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { describeDatabaseError, ERROR_NUMBERS, findErrorNumber } from "../database-errors.ts";
import { quoteIdentifier } from "../quote.ts";
import { connect, connectBeside } from "./connect.ts";
import { holdEvent } from "./hold-event.ts";
import { eraseDatabase, isDatabaseEmpty } from "./erase-database.ts";
import { releaseLock, tryToLock } from "./named-lock.ts";
import { readText } from "./read-text.ts";

type DriverChoice = Pick<ScratchOptions, keyof Reach>;

const PREFIX = "limbeck_scratch_";

const FORBIDDEN: readonly (number | undefined)[] = [
  ERROR_NUMBERS.databaseForbidden,
  ERROR_NUMBERS.accessDenied,
  ERROR_NUMBERS.specificAccessDenied,
  ERROR_NUMBERS.readOnly,
];

/** Databases that a run left behind when it was killed: nobody holds the lock of their name. Another run may drop them at the same time. */
async function dropLeftovers(keeper: Connection): Promise<void> {
  const rows = await keeper.query(
    `SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA
    WHERE SCHEMA_NAME REGEXP '^${PREFIX}[0-9a-f]{24}$' AND IS_FREE_LOCK(SCHEMA_NAME) = 1`,
  );
  for (const row of rows) {
    await keeper.execute(`DROP DATABASE IF EXISTS ${quoteIdentifier(readText(row, "name"))}`).catch(() => undefined);
  }
}

/** How text compares in a database where nothing else is said, in words of CREATE DATABASE. */
async function readTextRules(connection: Connection): Promise<string> {
  const [row] = await connection.query("SELECT @@character_set_database AS charset, @@collation_database AS collation");
  return `CHARACTER SET ${readText(row, "charset")} COLLATE ${readText(row, "collation")}`;
}

async function readTextRulesOf(target: DatabaseTarget, choice: DriverChoice): Promise<string> {
  const connection = await connect(target, choice);
  try {
    return await readTextRules(connection);
  } finally {
    await connection.close();
  }
}

/** Creates a database in which text compares as in the one beside it. */
async function createDatabase(keeper: Connection, name: string): Promise<void> {
  const text = await readTextRules(keeper);
  await keeper.execute(`CREATE DATABASE ${quoteIdentifier(name)} ${text}`).catch((error: unknown) => {
    const context = { url: keeper.description, message: describeDatabaseError(error), scheme: "mysql" };
    if (FORBIDDEN.includes(findErrorNumber(error))) throw connectionErrors.scratchForbidden(context, error);
    throw error;
  });
}

/** The same connection, in which no event happens. */
const withoutEvents = (connection: Connection): Connection => ({
  serverVersion: connection.serverVersion,
  description: connection.description,
  execute: (sql, parameters) => connection.execute(holdEvent(sql), parameters),
  query: (sql, parameters) => connection.query(holdEvent(sql), parameters),
  close: () => connection.close(),
});

async function openBeside(target: DatabaseTarget, choice: DriverChoice): Promise<Connection> {
  // Its lock shows other runs that the scratch database is in use; in the end it drops it.
  const keeper = await connectBeside(target, choice);
  const name = `${PREFIX}${randomBytes(12).toString("hex")}`;
  const drop = async (): Promise<void> => {
    await keeper.execute(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)}`);
    // A session of somebody's pool goes on.
    await releaseLock(keeper, name);
    await keeper.close();
  };
  try {
    await tryToLock(keeper, name);
    await dropLeftovers(keeper);
    await createDatabase(keeper, name);
    const scratch = await connectBeside(target, choice, name);
    return closeWith(withoutEvents(scratch), `a scratch database beside ${keeper.description}`, async () => {
      await scratch.close();
      await drop();
    });
  } catch (error) {
    await drop().catch(() => keeper.close());
    throw error;
  }
}

/** Text has to compare as in the database that is compared with; what is there already does not change. */
async function useTextRules(scratch: Connection, text: string): Promise<void> {
  if ((await readTextRules(scratch)) !== text) await scratch.execute(`ALTER DATABASE ${text}`);
}

/** Two runs would see each other's tables, so the database is locked like one that is migrated, and given up at once. */
async function openGiven(url: string, choice: DriverChoice, beside?: DatabaseTarget): Promise<Connection> {
  const scratch = await connect(url, choice);
  const own = await readTextRules(scratch);
  try {
    const [row] = await scratch.query("SELECT CONCAT('limbeck_scratch:', MD5(DATABASE())) AS name");
    if (!(await tryToLock(scratch, readText(row, "name"))))
      throw connectionErrors.scratchInUse({ url: scratch.description });
    if (!(await isDatabaseEmpty(scratch))) throw connectionErrors.scratchNotEmpty({ url: scratch.description });
    if (beside !== undefined) await useTextRules(scratch, await readTextRulesOf(beside, choice));
  } catch (error) {
    await scratch.close();
    throw error;
  }
  return closeWith(withoutEvents(scratch), scratch.description, async () => {
    await scratch.execute("ROLLBACK").catch(() => undefined);
    await eraseDatabase(scratch);
    await useTextRules(scratch, own);
    await scratch.close();
  });
}

/**
 * An empty database: one that is created beside another one and dropped in the end, or the one that is given, which is emptied in the end.
 *
 * @throws ConnectionError when none may be created, or the given one is in use or holds something
 */
export async function openScratch({ beside, url, ...choice }: ScratchOptions = {}): Promise<Connection> {
  if (url !== undefined) return openGiven(url, choice, beside);
  if (beside === undefined) throw connectionErrors.scratchNowhere({});
  return openBeside(beside, choice);
}

import type { Connection } from "../../dialect/connection.ts";
import type { BrokenObject } from "../../dialect/dialect.ts";
import { describeDatabaseError } from "./database-errors.ts";
import { readText } from "./introspect/read-catalogue.ts";
import { foldName } from "./parse/fold-name.ts";
import { readName } from "./parse/tokenize.ts";
import { TokenReader } from "./parse/token-reader.ts";
import { quoteIdentifier } from "./quote.ts";

/** What a connection of an application may have, and this one has not. */
const FROM_ELSEWHERE =
  /^(?:no such (?:function|module|collation sequence|tokenizer)|unknown tokenizer|wrong number of arguments to function|unsafe use of)\b/i;

interface Trigger {
  readonly name: string;
  /** A statement that makes SQLite compile it, together with what else that fires. */
  readonly use: string;
  /** A column that it waits for, and that is not there: it never fires, which SQLite says to nobody. */
  readonly missing?: string;
}

/** What the engine says when it compiles a statement; undefined when it can. https://www.sqlite.org/eqp.html */
async function explain(connection: Connection, statement: string): Promise<string | undefined> {
  try {
    await connection.query(`EXPLAIN QUERY PLAN ${statement}`);
    return undefined;
  } catch (error) {
    return describeDatabaseError(error);
  }
}

const isHeld = (problem: string | undefined): problem is string =>
  problem !== undefined && !FROM_ELSEWHERE.test(problem);

/** The columns that an UPDATE must set to fire a trigger; none when any will do. */
function readColumns(reader: TokenReader): readonly string[] {
  if (!reader.accept("OF")) return [];
  const start = reader.position;
  reader.skipUntil(({ keyword }) => keyword === "ON");
  return reader.tokensSince(start).flatMap((token) => (token.text === "," ? [] : readName(token)));
}

/** The columns that can be set. https://www.sqlite.org/pragma.html#pragma_table_info */
async function readSettable(connection: Connection, table: string): Promise<readonly string[]> {
  const rows = await connection.query("SELECT name FROM pragma_table_info(?)", [table]);
  return rows.map((row) => readText(row, "name"));
}

const EVENTS = ["INSERT", "UPDATE", "DELETE"];

/** A statement that fires a trigger. https://www.sqlite.org/lang_createtrigger.html */
async function findUse(connection: Connection, sql: string, table: string): Promise<Omit<Trigger, "name">> {
  const target = `main.${quoteIdentifier(table)}`;
  const reader = new TokenReader(sql);
  // Between the name and ON stands the event; a name that is one of these words would be in quotes.
  reader.skipUntil(({ keyword }) => EVENTS.includes(keyword));
  const event = reader.acceptOneOf(EVENTS);
  if (event === "INSERT") return { use: `INSERT INTO ${target} DEFAULT VALUES` };
  if (event === "DELETE") return { use: `DELETE FROM ${target}` };
  const settable = await readSettable(connection, table);
  const named = readColumns(reader);
  const folded = new Set(settable.map((column) => foldName(column)));
  // Of a view that does not compile no columns are known.
  const missing = settable.length === 0 ? undefined : named.find((column) => !folded.has(foldName(column)));
  const column = missing === undefined ? (named[0] ?? settable[0]) : settable[0];
  const use = `UPDATE ${target} SET ${quoteIdentifier(column ?? "rowid")} = NULL`;
  return missing === undefined ? { use } : { use, missing };
}

/**
 * The trigger's own problem, if it has one: what fires it fires others too, so it is tried with all others gone, and then without it.
 */
async function isolate(
  connection: Connection,
  { name, use }: Trigger,
  others: readonly Trigger[],
): Promise<string | undefined> {
  const drop = (trigger: string): Promise<number> =>
    connection.execute(`DROP TRIGGER main.${quoteIdentifier(trigger)}`);
  await connection.execute("SAVEPOINT _limbeck_isolate");
  try {
    for (const other of others) if (other.name !== name) await drop(other.name);
    const problem = await explain(connection, use);
    if (!isHeld(problem)) return undefined;
    await drop(name);
    return (await explain(connection, use)) === problem ? undefined : problem;
  } finally {
    await connection.execute("ROLLBACK TO _limbeck_isolate");
    await connection.execute("RELEASE _limbeck_isolate");
  }
}

async function findBrokenTriggers(
  connection: Connection,
  triggers: readonly Trigger[],
): Promise<readonly BrokenObject[]> {
  const answers = new Map<string, string | undefined>();
  for (const { use } of triggers) if (!answers.has(use)) answers.set(use, await explain(connection, use));
  const broken: BrokenObject[] = [];
  for (const trigger of triggers) {
    const { name, missing } = trigger;
    if (missing !== undefined) broken.push({ kind: "trigger", name, problem: `no such column: ${missing}` });
    if (missing !== undefined || !isHeld(answers.get(trigger.use))) continue;
    const problem = await isolate(connection, trigger, triggers);
    if (problem !== undefined) broken.push({ kind: "trigger", name: trigger.name, problem });
  }
  return broken;
}

/**
 * Views and triggers that no longer compile. SQLite compiles them when they are used, so dropping what they need goes unnoticed; and a rebuild
 * of a table has to be unnoticed by them.
 */
export async function findBroken(connection: Connection): Promise<readonly BrokenObject[]> {
  const rows = await connection.query(
    "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY type DESC, name",
  );
  const broken: BrokenObject[] = [];
  const triggers: Trigger[] = [];
  for (const row of rows) {
    const name = readText(row, "name");
    if (row["type"] === "trigger") {
      triggers.push({ name, ...(await findUse(connection, readText(row, "sql"), readText(row, "tbl_name"))) });
    } else {
      const problem = await explain(connection, `SELECT * FROM main.${quoteIdentifier(name)}`);
      if (isHeld(problem)) broken.push({ kind: "view", name, problem });
    }
  }
  return [...broken, ...(await findBrokenTriggers(connection, triggers))];
}

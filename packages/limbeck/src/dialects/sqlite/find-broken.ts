import type { Connection } from "../../dialect/connection.ts";
import type { BrokenObject } from "../../dialect/dialect.ts";
import { ROWID_NAMES } from "./compile/rowid-column.ts";
import { describeDatabaseError } from "./database-errors.ts";
import { readText } from "./introspect/read-catalogue.ts";
import { foldName } from "../../kernel/fold-name.ts";
import { readName, tokenize } from "./parse/tokenize.ts";
import { TokenReader } from "./parse/token-reader.ts";
import { quoteIdentifier } from "./quote.ts";

/** What a connection of an application may have, and this one has not. */
const FROM_ELSEWHERE =
  /^(?:no such (?:function|module|collation sequence|tokenizer)|unknown tokenizer|wrong number of arguments to function|unsafe use of)\b/i;

interface Trigger {
  readonly name: string;
  /** The statement that makes it. */
  readonly sql: string;
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

/** The first of some columns that a table or view does not have, not even as a column that only SQLite sets, or as the number of its rows. */
async function findMissing(
  connection: Connection,
  target: string,
  columns: readonly string[],
): Promise<string | undefined> {
  for (const column of columns) {
    // Behind the name of its table, a name in double quotes is never taken for text.
    const problem = await explain(connection, `SELECT ${target}.${quoteIdentifier(column)} FROM ${target}`);
    if (isHeld(problem)) return column;
  }
  return undefined;
}

/** A statement that fires a trigger. https://www.sqlite.org/lang_createtrigger.html */
async function findUse(connection: Connection, sql: string, table: string): Promise<Omit<Trigger, "name" | "sql">> {
  const target = `main.${quoteIdentifier(table)}`;
  const reader = new TokenReader(sql);
  // Between the name and ON stands the event; a name that is one of these words would be in quotes.
  reader.skipUntil(({ keyword }) => EVENTS.includes(keyword));
  const event = reader.acceptOneOf(EVENTS);
  if (event === "INSERT") return { use: `INSERT INTO ${target} DEFAULT VALUES` };
  if (event === "DELETE") return { use: `DELETE FROM ${target}` };
  const settable = await readSettable(connection, table);
  const named = readColumns(reader);
  const isAmong = (columns: readonly string[], name: string): boolean =>
    columns.some((column) => foldName(column) === foldName(name));
  const doubtful = named.filter((name) => !isAmong(settable, name));
  // Of a view that does not compile no columns are known.
  const missing = settable.length === 0 ? undefined : await findMissing(connection, target, doubtful);
  const firing = missing === undefined ? named.find((name) => isAmong([...settable, ...ROWID_NAMES], name)) : undefined;
  const use = `UPDATE ${target} SET ${quoteIdentifier(firing ?? settable[0] ?? "rowid")} = NULL`;
  return missing === undefined ? { use } : { use, missing };
}

/** The statement that makes a trigger, of which SQLite keeps what begins with its name, so that it can be made nowhere but in the main database. */
function qualify(sql: string): string {
  const [, , name] = tokenize(sql);
  return `CREATE TRIGGER main.${sql.slice(name?.start)}`;
}

/**
 * The triggers' own problems, by name: what fires one fires others too, so each is tried with all others gone, and held against what is there without it.
 *
 * @param suspects those of them whose use has a problem
 */
async function isolate(
  connection: Connection,
  triggers: readonly Trigger[],
  suspects: readonly Trigger[],
): Promise<ReadonlyMap<string, string>> {
  const problems = new Map<string, string>();
  if (suspects.length === 0) return problems;
  const drop = ({ name }: Trigger): Promise<number> => connection.execute(`DROP TRIGGER main.${quoteIdentifier(name)}`);
  await connection.execute("SAVEPOINT _limbeck_isolate");
  try {
    for (const trigger of triggers) await drop(trigger);
    for (const trigger of suspects) {
      const without = await explain(connection, trigger.use);
      await connection.execute(qualify(trigger.sql));
      const problem = await explain(connection, trigger.use);
      if (isHeld(problem) && problem !== without) problems.set(trigger.name, problem);
      await drop(trigger);
    }
    return problems;
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
  const suspects = triggers.filter(({ missing, use }) => missing === undefined && isHeld(answers.get(use)));
  const problems = await isolate(connection, triggers, suspects);
  return triggers.flatMap(({ name, missing }) => {
    const problem = missing === undefined ? problems.get(name) : `no such column: ${missing}`;
    return problem === undefined ? [] : [{ kind: "trigger", name, problem }];
  });
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
      const sql = readText(row, "sql");
      triggers.push({ name, sql, ...(await findUse(connection, sql, readText(row, "tbl_name"))) });
    } else {
      const problem = await explain(connection, `SELECT * FROM main.${quoteIdentifier(name)}`);
      if (isHeld(problem)) broken.push({ kind: "view", name, problem });
    }
  }
  return [...broken, ...(await findBrokenTriggers(connection, triggers))];
}

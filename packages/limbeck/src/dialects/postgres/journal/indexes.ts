import type { Connection } from "../../../dialect/connection.ts";
import type { Verdict } from "../../../dialect/journal-rules.ts";
import { readText } from "../driver/read-text.ts";
import type { Token } from "../parse/tokenize.ts";
import { readNameAt, readWords } from "./read-words.ts";

/** Indexes, each as statements name it. */
interface Indexes {
  /** All that the server does not use: what a build that did not come to its end has left, among others. */
  readonly invalid: readonly string[];
  /** All of the table that the statement is about. */
  readonly ofTable: readonly string[];
}

const listOf = (rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
  rows.flatMap(({ name }) => (typeof name === "string" ? name : []));

const NAME = "quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name";

const FROM = `FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace`;

/** The table of CREATE INDEX. */
function findTable(tokens: readonly Token[]): string {
  const words = readWords(tokens);
  const on = words.indexOf("ON");
  return readNameAt(tokens, words[on + 1] === "ONLY" ? on + 2 : on + 1);
}

async function readIndexes(connection: Connection, tokens: readonly Token[]): Promise<Indexes> {
  const table = findTable(tokens);
  const invalid = await connection.query(`SELECT ${NAME} ${FROM} WHERE NOT i.indisvalid ORDER BY 1`);
  const ofTable = await connection.query(`SELECT ${NAME} ${FROM} WHERE i.indrelid = to_regclass($1) ORDER BY 1`, [
    table,
  ]);
  return { invalid: listOf(invalid), ofTable: listOf(ofTable) };
}

/** What {@link settleIndexes} compares with. */
export async function captureIndexes(connection: Connection, tokens: readonly Token[]): Promise<string> {
  return JSON.stringify(await readIndexes(connection, tokens));
}

/** An index that is dropped is there no more, whatever became of it in between. */
async function settleDrop(connection: Connection, tokens: readonly Token[]): Promise<Verdict> {
  const words = readWords(tokens);
  const at = words.indexOf("CONCURRENTLY") + 1;
  const name = readNameAt(tokens, words[at] === "IF" ? at + 2 : at);
  const [row] = await connection.query("SELECT to_regclass($1)::text AS name", [name]);
  return readText(row, "name") === "" ? "applied" : "notApplied";
}

/**
 * Finds out whether an index was built, dropped or built anew, and drops what a build left that did not come to its end: it is kept up with every write, and used by no read.
 * https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
export async function settleIndexes(
  connection: Connection,
  tokens: readonly Token[],
  before: string,
): Promise<Verdict> {
  if (tokens[0]?.keyword === "DROP") return settleDrop(connection, tokens);
  // Only captureIndexes makes such texts.
  const known = JSON.parse(before) as Indexes;
  const now = await readIndexes(connection, tokens);
  const left = now.invalid.filter((name) => !known.invalid.includes(name));
  for (const name of left) await connection.execute(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
  const built = now.ofTable.filter((name) => !known.ofTable.includes(name) && !left.includes(name));
  return built.length > 0 ? "applied" : "notApplied";
}

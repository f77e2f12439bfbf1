import type { Connection, Row } from "../../../dialect/connection.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import { readClauses } from "./read-clauses.ts";
import { findClosing, joinWords, readWords, type Word } from "./read-words.ts";

/** Objects that are not SQLite's own. */
const OWN = String.raw`m.name NOT LIKE 'sqlite\_%' ESCAPE '\'`;

/** Something about the tables that are asked for, as a JSON list of their names. */
const fromTables = (join: string): string =>
  `FROM sqlite_schema AS m ${join} WHERE m.type = 'table' AND m.name IN (SELECT value FROM json_each(?))`;

/** A fixed number of queries, whatever the number of tables. https://www.sqlite.org/pragma.html#pragfunc */
const QUERIES = {
  objects: `SELECT m.type, m.name, m.tbl_name AS owner, m.sql FROM sqlite_schema AS m WHERE ${OWN}`,
  tables: `SELECT m.name, m.sql, l.wr, l.strict ${fromTables("JOIN pragma_table_list(m.name) AS l ON l.schema = 'main'")}`,
  columns: `SELECT m.name AS owner, c.* ${fromTables("JOIN pragma_table_xinfo(m.name) AS c")}`,
  keys: `SELECT m.name AS owner, k.* ${fromTables("JOIN pragma_foreign_key_list(m.name) AS k")} ORDER BY m.name, k.id, k.seq`,
  indexes:
    `SELECT m.name AS owner, i.name, i."unique", i.origin, i.partial, x.name AS term, x."desc", x.coll ` +
    `${fromTables("JOIN pragma_index_list(m.name) AS i JOIN pragma_index_xinfo(i.name) AS x ON x.key = 1")} ` +
    `ORDER BY m.name, i.name, x.seqno`,
  numbers:
    "SELECT 'user version' AS name, user_version AS number FROM pragma_user_version " +
    "UNION ALL SELECT 'application id', application_id FROM pragma_application_id",
} as const;

const write = (value: SqlValue | undefined): string => {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : "";
};

const writeSql = (value: SqlValue | undefined): string => joinWords(readWords(write(value)));

function describeTable({ name, sql, wr, strict }: Row): readonly string[] {
  const table = `table ${write(name)}`;
  const clauses = readClauses(write(sql)).map((clause) => `${table}: ${clause}`);
  return [`${table}${wr === 1 ? " without rowid" : ""}${strict === 1 ? " strict" : ""}`, ...clauses];
}

function describeColumn({ owner, name, type, notnull, dflt_value, pk, hidden }: Row): string {
  const fallback = dflt_value === null ? "" : `default ${writeSql(dflt_value)}`;
  const words = [writeSql(type), notnull === 1 ? "not null" : "", fallback];
  const place = [pk === 0 ? "" : `key ${write(pk)}`, hidden === 0 ? "" : `generated ${write(hidden)}`];
  return [`column ${write(owner)}.${write(name)}`, ...words, ...place].filter((word) => word !== "").join(" ");
}

/** Several columns of one key or index stand in several rows, one behind the other. */
function groupRows(rows: readonly Row[], name: (row: Row) => string): readonly (readonly Row[])[] {
  return [...Map.groupBy(rows, name).values()];
}

function describeKey(rows: readonly Row[]): string {
  const [{ owner, table, on_update, on_delete, match } = {}] = rows;
  const columns = rows.map(({ from, to }) => `${write(from)} to ${write(to)}`).join(", ");
  const actions = `update ${write(on_update)}, delete ${write(on_delete)}, match ${write(match)}`.toLowerCase();
  return `foreign key of ${write(owner)} (${columns}) of ${write(table)}: ${actions}`;
}

/** Expressions, and the condition of a partial index, which only the statement tells; ASC is what there is without it. */
function readTerms(sql: string): string {
  const words = readWords(sql);
  const open = words.findIndex(({ text, isQuoted }) => text === "(" && !isQuoted);
  const closing = findClosing(words, open);
  const isWord = (word: Word, text: string): boolean => word.text === text && !word.isQuoted;
  const terms = words.slice(open + 1, closing).filter((word) => !isWord(word, "asc"));
  const condition = words.slice(closing + 1).filter((word) => !isWord(word, "where"));
  return `${joinWords(terms)} where ${joinWords(condition)}`;
}

function describeIndex(rows: readonly Row[], sqlOf: (name: string) => string | undefined): string {
  const [{ owner, name, unique, origin, partial } = {}] = rows;
  const terms = rows
    .map(({ term, desc, coll }) => `${write(term)} ${write(coll)}${desc === 1 ? " desc" : ""}`.toLowerCase())
    .join(", ");
  // The indexes of keys are named after the order in which the keys stand, which means nothing.
  if (origin !== "c") return `${origin === "pk" ? "primary key" : "unique"} of ${write(owner)} (${terms})`;
  const isPlain = partial === 0 && rows.every(({ term }) => term !== null);
  const text = isPlain ? "" : ` as ${readTerms(sqlOf(write(name)) ?? "")}`;
  return `${unique === 1 ? "unique index" : "index"} ${write(name)} on ${write(owner)} (${terms})${text}`;
}

const isVirtual = ({ sql }: Row): boolean => write(sql).startsWith("CREATE VIRTUAL");

/** Views, triggers and virtual tables are what their statements say. */
function describeObject(row: Row): string {
  const { type, name, owner, sql } = row;
  const place = owner === name ? "" : ` of ${write(owner)}`;
  return `${isVirtual(row) ? "virtual table" : write(type)} ${write(name)}${place}: ${writeSql(sql)}`;
}

/** The two numbers that SQLite keeps for its users in the file's header, 0 in a new one. https://www.sqlite.org/fileformat2.html#user_version_number */
async function describeNumbers(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.query(QUERIES.numbers);
  return rows.filter((row) => row["number"] !== 0).map(({ name, number }) => `${write(name)} ${write(number)}`);
}

/** What is known of tables, by the statements of each and of its indexes, which say everything about it. */
export type KnownFacts = Map<string, readonly string[]>;

/** The facts about some tables, by table. */
async function readFacts(
  connection: Connection,
  names: readonly string[],
  statements: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const facts = new Map<string, string[]>(names.map((name) => [name, []]));
  if (names.length === 0) return facts;
  const add = (owner: SqlValue | undefined, ...found: readonly string[]): unknown =>
    facts.get(write(owner))?.push(...found);
  const ask = (sql: string): Promise<readonly Row[]> => connection.query(sql, [JSON.stringify(names)]);
  for (const row of await ask(QUERIES.tables)) add(row["name"], ...describeTable(row));
  for (const row of await ask(QUERIES.columns)) add(row["owner"], describeColumn(row));
  const keys = groupRows(await ask(QUERIES.keys), ({ owner, id }) => `${write(owner)}\n${write(id)}`);
  for (const rows of keys) add(rows[0]?.["owner"], describeKey(rows));
  const indexes = groupRows(await ask(QUERIES.indexes), ({ name }) => write(name));
  for (const rows of indexes)
    add(
      rows[0]?.["owner"],
      describeIndex(rows, (name) => statements.get(name)),
    );
  return facts;
}

/**
 * What SQLite's PRAGMAs, and the statements it keeps, say about the main database: one fact a line, sorted. It shares no code with the introspection,
 * which reads the statements with a parser, so that each can be held against the other.
 *
 * The order of columns and the spelling of statements leave no trace in it.
 *
 * @param known tables that were read before; what is read is added to it
 */
export async function takeFingerprint(
  connection: Connection,
  known: KnownFacts = new Map(),
): Promise<readonly string[]> {
  const objects = await connection.query(QUERIES.objects);
  // Virtual tables answer through a module that need not be there.
  const tables = objects.filter((row) => row["type"] === "table" && !isVirtual(row));
  const others = objects.filter((row) => row["type"] !== "index" && (row["type"] !== "table" || isVirtual(row)));
  const byOwner = Map.groupBy(objects, ({ owner }) => write(owner));
  const keyOf = ({ name }: Row): string =>
    (byOwner.get(write(name)) ?? []).map((row) => `${write(row["name"])}\n${write(row["sql"])}`).join("\n");
  const keys = new Map(tables.map((row) => [write(row["name"]), keyOf(row)]));
  const fresh = tables.filter((row) => !known.has(keys.get(write(row["name"])) ?? ""));
  const statements = new Map(objects.map(({ name, sql }) => [write(name), write(sql)]));
  const names = fresh.map(({ name }) => write(name));
  const facts = await readFacts(connection, names, statements);
  for (const name of names) known.set(keys.get(name) ?? "", facts.get(name) ?? []);
  return [
    ...Array.from(keys.values(), (key) => known.get(key) ?? []).flat(),
    ...others.map(describeObject),
    ...(await describeNumbers(connection)),
  ].toSorted();
}

import { DatabaseSync } from "node:sqlite";
import { readTableText, type TableText } from "./table-text.ts";
import { splitWords, stripParentheses } from "./normalize-sql.ts";

/**
 * Everything that SQLite's own PRAGMAs tell of a database, and the parts of its statements that they do not tell, in one spelling.
 * Shares no code with the tool that it judges.
 */
export interface Census {
  readonly tables: Readonly<Record<string, TableCensus>>;
  /** Names, columns and words of views. */
  readonly views: Readonly<Record<string, unknown>>;
  /** Names, owners and words of triggers. */
  readonly triggers: Readonly<Record<string, unknown>>;
}

/** One column, as `PRAGMA table_xinfo` tells it. */
export interface ColumnCensus {
  readonly name: string;
  /** In capitals, blanks made one. */
  readonly type: string;
  readonly notNull: boolean;
  readonly default: string | null;
  /** Place in the primary key, from 1; 0 when it is no part of it. */
  readonly key: number;
  /** 0: ordinary, 2: virtual, 3: stored. */
  readonly hidden: number;
  readonly collation: string;
}

/** One table. */
export interface TableCensus {
  readonly strict: boolean;
  readonly withoutRowid: boolean;
  readonly columns: readonly ColumnCensus[];
  /** In an order of their own, because SQLite's follows the text. */
  readonly foreignKeys: readonly ForeignKeyCensus[];
  readonly indexes: readonly unknown[];
  /** What only the text of the statement tells: checks, names, conflict clauses and so on. */
  readonly text: TableText;
}

/** One foreign key, as `PRAGMA foreign_key_list` tells it. */
export interface ForeignKeyCensus {
  readonly table: string;
  readonly columns: readonly (readonly [from: string, to: string | null])[];
  readonly actions: readonly string[];
}

type Row = Readonly<Record<string, unknown>>;
type Ask = (sql: string, ...values: readonly string[]) => readonly Row[];

const fold = (name: unknown): string => String(name).toLowerCase();

/** A value that is text wherever it is not NULL. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const sortByText = <Element>(list: readonly Element[]): readonly Element[] =>
  list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

export const LITERAL = /^(?:[-+]?\s*(?:\d|\.\d)[\w.]*|'(?:[^']|'')*'|x'[0-9a-f]*'|true|false|null)$/i;

/** A literal as SQLite would write it: `TRUE` and `1` are one, `DEFAULT NULL` is none. */
function readDefault(value: unknown, ask: Ask): string | null {
  if (value === null) return null;
  const text = stripParentheses(splitWords(textOf(value))).join(" ");
  if (!LITERAL.test(text)) return text;
  const literal = String(ask(`SELECT quote(${text}) AS value`)[0]?.["value"]);
  return literal === "NULL" ? null : literal;
}

/** The collation that comparisons with a column use: that of an index on it, which is made in a copy of the table alone. */
function readCollations(sql: string, columns: readonly string[]): readonly string[] {
  const copy = new DatabaseSync(":memory:");
  try {
    copy.exec(sql);
    const { name } = copy.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").get() ?? {};
    const quote = (text: unknown): string => `"${String(text).replaceAll('"', '""')}"`;
    return columns.map((column, position) => {
      copy.exec(`CREATE INDEX census_${position} ON ${quote(name)} (${quote(column)})`);
      return fold(copy.prepare(`SELECT coll FROM pragma_index_xinfo('census_${position}')`).get()?.["coll"]);
    });
  } finally {
    copy.close();
  }
}

function readColumns(table: string, sql: string, ask: Ask): readonly ColumnCensus[] {
  const rows = ask("SELECT * FROM pragma_table_xinfo(?)", table);
  const collations = readCollations(
    sql,
    rows.map(({ name }) => String(name)),
  );
  return rows.map((row, position) => ({
    name: fold(row["name"]),
    type: String(row["type"])
      .toUpperCase()
      .replaceAll(/\s+/g, " ")
      .replaceAll(/ ?([(),]) ?/g, "$1"),
    notNull: row["notnull"] === 1,
    default: readDefault(row["dflt_value"], ask),
    key: Number(row["pk"]),
    hidden: Number(row["hidden"]),
    collation: collations[position] ?? "",
  }));
}

function readForeignKeys(table: string, ask: Ask): readonly ForeignKeyCensus[] {
  const rows = ask("SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq", table);
  const keys = [...Map.groupBy(rows, ({ id }) => id).values()].map((parts): ForeignKeyCensus => ({
    table: fold(parts[0]?.["table"]),
    columns: parts.map(({ from, to }) => [fold(from), to === null ? null : fold(to)] as const),
    actions: ["on_update", "on_delete", "match"].map((key) => String(parts[0]?.[key])),
  }));
  return sortByText(keys);
}

function readIndexes(table: string, ask: Ask): readonly unknown[] {
  const indexes = ask("SELECT * FROM pragma_index_list(?)", table).map((index) => {
    const name = String(index["name"]);
    const [statement] = ask("SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?", name);
    const words = splitWords(textOf(statement?.["sql"]));
    const isOwn = index["origin"] === "c";
    return {
      // SQLite numbers the indexes of keys in the order of the text.
      name: isOwn ? fold(name) : null,
      unique: index["unique"],
      origin: index["origin"],
      partial: index["partial"],
      parts: ask("SELECT * FROM pragma_index_xinfo(?) WHERE key = 1", name).map((part) => ({
        column: part["name"] === null ? null : fold(part["name"]),
        descending: part["desc"],
        collation: fold(part["coll"]),
      })),
      // Expressions and the condition; parentheses and ASC say nothing that the PRAGMA does not.
      words: words.slice(words.indexOf("on") + 2).filter((word) => !["(", ")", "asc"].includes(word)),
    };
  });
  return sortByText(indexes);
}

function readTable(row: Row, ask: Ask): TableCensus {
  const name = String(row["name"]);
  const [statement] = ask("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", name);
  const sql = textOf(statement?.["sql"]);
  return {
    strict: row["strict"] === 1,
    withoutRowid: row["wr"] === 1,
    columns: readColumns(name, sql, ask),
    foreignKeys: readForeignKeys(name, ask),
    indexes: readIndexes(name, ask),
    text: readTableText(sql),
  };
}

function readView({ name, sql }: Row, ask: Ask): unknown {
  const words = splitWords(textOf(sql));
  const columns = ask("SELECT name FROM pragma_table_xinfo(?)", String(name)).map((column) => fold(column["name"]));
  return { columns, words: words.slice(words.indexOf("as")).join(" ") };
}

function readTrigger({ name, tbl_name: owner, sql }: Row): unknown {
  const words = splitWords(textOf(sql));
  return { owner: fold(owner), words: words.slice(words.indexOf(fold(name)) + 1).join(" ") };
}

/**
 * Takes the census of an open database.
 *
 * @param ignored tables that are no part of the schema
 */
export function takeCensus(database: DatabaseSync, ignored: readonly string[]): Census {
  const ask: Ask = (sql, ...values) => database.prepare(sql).all(...values);
  const objects = (type: string): readonly Row[] =>
    ask(
      String.raw`SELECT * FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`,
      type,
    ).filter(({ name }) => !ignored.includes(String(name)));
  const tables = objects("table").map(({ name }) => {
    const [row] = ask("SELECT * FROM pragma_table_list WHERE schema = 'main' AND name = ?", String(name));
    return [fold(name), readTable(row ?? {}, ask)] as const;
  });
  return {
    tables: Object.fromEntries(tables),
    views: Object.fromEntries(objects("view").map((row) => [fold(row["name"]), readView(row, ask)])),
    triggers: Object.fromEntries(objects("trigger").map((row) => [fold(row["name"]), readTrigger(row)])),
  };
}

/** The census of a schema that is created directly from SQL. */
export function takeCensusOf(sql: string): Census {
  const database = new DatabaseSync(":memory:");
  try {
    database.exec(sql);
    return takeCensus(database, []);
  } finally {
    database.close();
  }
}

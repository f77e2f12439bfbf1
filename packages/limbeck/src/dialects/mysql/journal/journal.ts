import type { Connection } from "../../../dialect/connection.ts";
import type { JournalRules, Verdict } from "../../../dialect/journal-rules.ts";
import { findErrorNumber } from "../database-errors.ts";
import { readText } from "../driver/read-text.ts";
import { tokenizeMeant } from "../parse/tokenize-meant.ts";
import type { Token } from "../parse/tokenize.ts";
import { quoteIdentifier } from "../quote.ts";
import { swapsColumns } from "./swaps-columns.ts";
import { readTouchedObjects, type TouchedObject } from "./touched-objects.ts";

/** What is taken back with its transaction, or changes nothing at all. */
const TRANSACTIONAL: ReadonlySet<string | undefined> = new Set([
  "INSERT",
  "UPDATE",
  "DELETE",
  "REPLACE",
  "SELECT",
  "WITH",
  "VALUES",
  "SET",
  "USE",
  "DO",
  "LOAD",
  "SHOW",
  "EXPLAIN",
  "DESCRIBE",
  "SAVEPOINT",
  "RELEASE",
  "ROLLBACK",
]);

/** What may run twice: it leaves the same. */
const REPEATABLE: ReadonlySet<string | undefined> = new Set([
  "GRANT",
  "REVOKE",
  "ANALYZE",
  "OPTIMIZE",
  "REPAIR",
  "CHECK",
  "FLUSH",
]);

/** Changes of rows in the form of changes of a table, of which its definition shows nothing. */
const OF_ROWS: ReadonlySet<string> = new Set(["EXCHANGE", "TRUNCATE", "DISCARD", "IMPORT"]);

/** The object is not there, as the server says it of each kind. https://mariadb.com/kb/en/mariadb-error-codes/ */
const NOT_THERE: ReadonlySet<number | undefined> = new Set([1049, 1146, 1305, 1347, 1360, 1539, 4091, 4089]);

const isTemporary = (tokens: readonly Token[]): boolean =>
  tokens.slice(1, 4).some(({ keyword }) => keyword === "TEMPORARY");

function takesEffectAlone(sql: string): boolean {
  const tokens = tokenizeMeant(sql.slice(0, 500));
  const [first] = tokens;
  return first?.kind === "word" && !TRANSACTIONAL.has(first.keyword) && !isTemporary(tokens);
}

/** The statement that makes an object; null where it is not there. Rows that come in the meantime leave no trace in it. */
async function readDefinition(connection: Connection, { word, name }: TouchedObject): Promise<string | null> {
  try {
    const [row] = await connection.query(`SHOW CREATE ${word} ${name.map(quoteIdentifier).join(".")}`);
    const column = Object.keys(row ?? {}).find((one) => /^(?:create |sql original statement)/i.test(one));
    return column === undefined ? null : readText(row, column).replace(/ AUTO_INCREMENT=\d+/, "");
  } catch (error) {
    if (NOT_THERE.has(findErrorNumber(error))) return null;
    throw error;
  }
}

async function capture(connection: Connection, sql: string): Promise<string> {
  const definitions: (string | null)[] = [];
  for (const object of readTouchedObjects(tokenizeMeant(sql))) {
    definitions.push(await readDefinition(connection, object));
  }
  return definitions.length === 0 ? "" : JSON.stringify(definitions);
}

/** Several tables are dropped one after the other. */
function settleDrop(before: readonly (string | null)[], now: readonly (string | null)[]): Verdict {
  const gone = before.filter((definition, index) => definition !== null && now[index] === null);
  const there = before.filter((definition) => definition !== null);
  if (gone.length === 0) return "notApplied";
  return gone.length === there.length ? "applied" : "unknown";
}

/** Whether an event is for one moment: once that has come, the event is gone, and what it did stays. */
const runsOnce = (tokens: readonly Token[]): boolean =>
  tokens.some(({ keyword }, index) => keyword === "SCHEDULE" && tokens[index + 1]?.keyword === "AT");

/** Whether a statement may have done something although everything looks as before, and would do something else if it ran again. */
function isUntold(tokens: readonly Token[], objects: readonly TouchedObject[]): boolean {
  const words = tokens.slice(0, 20).map(({ keyword }) => keyword);
  // Tables of the same shape change places.
  if (words[0] === "RENAME") return objects.length > 2;
  if (objects.some(({ word }) => word === "EVENT")) return runsOnce(tokens);
  if (words[0] === "ALTER") return tokens.some(({ keyword }) => OF_ROWS.has(keyword)) || swapsColumns(tokens);
  return words[0] === "CREATE" && words[1] === "OR" && words.includes("TABLE");
}

/** Numbers that go on from elsewhere, and columns that come back without their values, look as before too; there it does no harm to run the statement again. */
function mayLeaveNoTrace(sql: string): boolean {
  const tokens = tokenizeMeant(sql);
  const words = new Set(tokens.map(({ keyword }) => keyword));
  const isReplaced = words.has("OR") && words.has("REPLACE");
  const isOfNumbers = words.has("AUTO_INCREMENT") || words.has("SEQUENCE");
  const isRenewed = words.has("DROP") && words.has("ADD");
  return isUntold(tokens, readTouchedObjects(tokens)) || isReplaced || isOfNumbers || isRenewed;
}

async function settle(connection: Connection, sql: string, before: string): Promise<Verdict> {
  const tokens = tokenizeMeant(sql);
  const [verb] = tokens.map(({ keyword }) => keyword);
  if (REPEATABLE.has(verb)) return "notApplied";
  if (before === "") return "unknown";
  // Only capture makes such texts.
  const known = JSON.parse(before) as readonly (string | null)[];
  const objects = readTouchedObjects(tokens);
  const now: (string | null)[] = [];
  for (const object of objects) now.push(await readDefinition(connection, object));
  const isDropOfIndex =
    verb === "DROP" && objects.some(({ word }) => word === "TABLE") && now.every((one) => one !== null);
  if (verb === "DROP" && !isDropOfIndex) return settleDrop(known, now);
  if (now.some((definition, index) => definition !== known[index])) return "applied";
  return isUntold(tokens, objects) ? "unknown" : "notApplied";
}

/**
 * MariaDB and MySQL commit every change of the schema by itself, and each is done whole or not at all; what it is about looks different afterwards.
 * https://mariadb.com/kb/en/atomic-ddl/
 */
export const JOURNAL: JournalRules = {
  now: "current_timestamp(6)",
  user: "current_user()",
  session: "CAST(connection_id() AS CHAR)",
  takesEffectAlone,
  refusesTransaction: () => false,
  staysInSession: (sql) => /^\s*(?:SET|USE|CREATE\s+(?:OR\s+REPLACE\s+)?TEMPORARY)\b(?!\s+STATEMENT)/i.test(sql),
  capture,
  mayLeaveNoTrace,
  settle,
};

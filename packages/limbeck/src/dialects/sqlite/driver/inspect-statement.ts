import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { splitStatements } from "../parse/split-statements.ts";
import { tokenize } from "../parse/tokenize.ts";

/** What has to be known of a statement before it may be sent. */
export interface StatementFacts {
  /** How many values it needs. */
  readonly placeholders: number;
  /** Whether the driver's count of changed rows is about this statement. */
  readonly changesRows: boolean;
}

const CHANGING: ReadonlySet<string> = new Set(["INSERT", "UPDATE", "DELETE", "REPLACE"]);
const VERBS: ReadonlySet<string> = new Set([...CHANGING, "SELECT", "VALUES"]);

/**
 * Looks at a statement for what SQLite lets pass without a word: a second statement behind it, a zero byte, placeholders that get no
 * value. Also finds out whether it changes rows, because after CREATE TABLE the engine still gives the count of the last INSERT.
 *
 * @throws ConnectionError (malformedStatement)
 */
export function inspectStatement(sql: string): StatementFacts {
  if (sql.includes("\0")) throw connectionErrors.malformedStatement({ sql, problem: "it holds a zero byte" });
  if (sql.includes(";")) refuseSeveral(sql);
  return { placeholders: countPlaceholders(sql), changesRows: changesRows(sql) };
}

function refuseSeveral(sql: string): void {
  const { length } = splitStatements(sql);
  if (length > 1) throw connectionErrors.malformedStatement({ sql, problem: `it is ${length} statements in one` });
}

const PLACEHOLDER = /[?:@$#]/;
const QUOTED = /'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]/g;
const COMMENT = /--|\/\*/;

/** Whether a statement may hold placeholders, found out in less time than it takes to read it. */
function mayHavePlaceholders(sql: string): boolean {
  // Almost no DDL gets beyond this line.
  if (!PLACEHOLDER.test(sql)) return false;
  // A comment may hold half of a pair of quotes.
  return COMMENT.test(sql) || PLACEHOLDER.test(sql.replaceAll(QUOTED, ""));
}

function countPlaceholders(sql: string): number {
  if (!mayHavePlaceholders(sql)) return 0;
  const placeholders = tokenize(sql).filter(({ kind }) => kind === "variable");
  const named = placeholders.find(({ text }) => text !== "?");
  if (named !== undefined) {
    throw connectionErrors.malformedStatement({
      sql,
      problem: `values go by position, so ${named.text} must be a plain ?`,
    });
  }
  return placeholders.length;
}

function changesRows(sql: string): boolean {
  const first = /^\s*([A-Za-z]+)/.exec(sql)?.[1]?.toUpperCase();
  // Common table expressions and comments hide the verb.
  return CHANGING.has(first === undefined || first === "WITH" ? findVerb(sql) : first);
}

/** The keyword that says what a statement does. */
function findVerb(sql: string): string {
  const tokens = tokenize(sql);
  if (tokens.every(({ text }) => text === ";")) {
    throw connectionErrors.malformedStatement({ sql, problem: "it is empty" });
  }
  if (tokens[0]?.keyword !== "WITH") return tokens[0]?.keyword ?? "";
  let depth = 0;
  for (const { text, keyword } of tokens) {
    if (text === "(") depth += 1;
    if (text === ")") depth -= 1;
    if (depth === 0 && VERBS.has(keyword)) return keyword;
  }
  return "";
}

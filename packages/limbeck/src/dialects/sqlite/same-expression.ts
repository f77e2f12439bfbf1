import { foldName } from "../../kernel/fold-name.ts";
import { readName, tokenize, type Token } from "./parse/tokenize.ts";

/** Words that stand for a value as long as nothing quotes them. */
const LITERAL_WORDS: ReadonlySet<string> = new Set([
  "CURRENT_DATE",
  "CURRENT_TIME",
  "CURRENT_TIMESTAMP",
  "FALSE",
  "NULL",
  "TRUE",
]);

/** A token so that two that mean the same are equal: names and keywords without quotation marks, in small letters. */
function writeToken(token: Token): string {
  if (token.kind === "word") {
    const isLiteral = LITERAL_WORDS.has(token.keyword);
    return isLiteral ? token.keyword : `name ${foldName(token.text)}`;
  }
  return token.kind === "quotedName" ? `name ${foldName(readName(token))}` : token.text;
}

/** What a text says, comments included: somebody wrote them. */
function normalize(sql: string): string {
  const pieces: string[] = [];
  let end = 0;
  for (const token of tokenize(sql)) {
    pieces.push(sql.slice(end, token.start).trim(), writeToken(token));
    end = token.end;
  }
  return JSON.stringify([...pieces, sql.slice(end).trim()].filter((piece) => piece !== ""));
}

/**
 * Whether two SQL texts say the same to SQLite: blanks, the case of names and keywords, and quotation marks around names do not count. SQLite itself puts
 * such marks into what it stores when a table or column is renamed. https://www.sqlite.org/lang_altertable.html#altertabrename
 *
 * @example
 * isSameSqliteExpression("price>0", '"Price" > 0'); // true
 */
export function isSameSqliteExpression(a: string, b: string): boolean {
  return a === b || normalize(a) === normalize(b);
}

import type { Table } from "../../../schema/model/table.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { readName, tokenize, type Token } from "../parse/tokenize.ts";

/** Operators that give NULL only for NULL. A division by zero gives NULL too. */
const STEADY_SYMBOLS: ReadonlySet<string> = new Set([
  "(",
  ")",
  ",",
  "<",
  ">",
  "=",
  "==",
  "!=",
  "<>",
  "<=",
  ">=",
  "+",
  "-",
  "*",
  "||",
]);

/** Words that give NULL only for NULL, functions among them. https://www.sqlite.org/lang_corefunc.html */
const STEADY_WORDS: ReadonlySet<string> = new Set(
  "AND OR NOT IN BETWEEN LIKE TRUE FALSE COLLATE NOCASE RTRIM BINARY LENGTH LOWER UPPER TRIM TYPEOF JSON_VALID".split(
    " ",
  ),
);

/** Words whose answer is never NULL, whatever stands before them: `a IS NOT NULL`. */
function skipNullTest(tokens: readonly Token[], position: number): number {
  if (tokens[position + 1]?.keyword !== "IS") return position;
  const isNegated = tokens[position + 2]?.keyword === "NOT";
  const end = position + (isNegated ? 3 : 2);
  return tokens[end]?.keyword === "NULL" ? end : position;
}

/**
 * Whether a condition is true or false for every row, and never NULL, as far as can be seen without knowing the rows.
 *
 * @param table says which columns are never NULL
 */
export function isNeverNull(expression: string, { columns }: Table): boolean {
  const tokens = tokenize(expression);
  const byName = new Map(columns.map((column) => [foldName(column.name), column]));
  for (let position = 0; position < tokens.length; position += 1) {
    const token = tokens[position];
    if (!token) break;
    const isName = token.kind === "word" || token.kind === "quotedName";
    const column = isName ? byName.get(foldName(readName(token))) : undefined;
    if (column) {
      const end = skipNullTest(tokens, position);
      if (end === position && (column.nullable || column.generated)) return false;
      position = end;
    } else if (token.kind === "word" ? !STEADY_WORDS.has(token.keyword) : !isSteady(token)) {
      return false;
    }
  }
  return true;
}

function isSteady({ kind, text }: Token): boolean {
  return kind === "string" || kind === "number" || (kind === "punctuation" && STEADY_SYMBOLS.has(text));
}

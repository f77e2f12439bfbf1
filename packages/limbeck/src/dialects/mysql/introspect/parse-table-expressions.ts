import { placeTokens, type PlacedToken } from "../parse/place-tokens.ts";
import { readName } from "../parse/read-name.ts";

/** The expressions of a column. */
export interface ColumnExpressions {
  readonly generated?: string;
  readonly default?: string;
  readonly check?: string;
}

/** The expressions of a table, by the names of columns and checks. */
export interface TableExpressions {
  readonly columns: ReadonlyMap<string, ColumnExpressions>;
  readonly checks: ReadonlyMap<string, string>;
}

type Tokens = readonly PlacedToken[];

/** The lines between the first parentheses of the statement. */
export function listItems(tokens: Tokens): readonly Tokens[] {
  const start = tokens.findIndex(({ text }) => text === "(");
  const end = tokens.findIndex(({ text, depth }, index) => index > start && text === ")" && depth === 0);
  const items: PlacedToken[][] = [[]];
  for (const token of tokens.slice(start + 1, end)) {
    if (token.text === "," && token.depth === 1) items.push([]);
    else items.at(-1)?.push(token);
  }
  return items;
}

/** What stands in the parentheses that open at a token. */
function readGroup(sql: string, item: Tokens, open: number): string | undefined {
  const close = item.findIndex(({ text, depth }, index) => index > open && text === ")" && depth === 1);
  const [first, last] = [item[open], item[close]];
  return first?.text === "(" && last ? sql.slice(first.end, last.start).trim() : undefined;
}

const findWord = (item: Tokens, word: string): number =>
  item.findIndex(({ keyword, depth }) => keyword === word && depth === 1);

function readAfter(sql: string, item: Tokens, word: string): string | undefined {
  const at = findWord(item, word);
  return at === -1 ? undefined : readGroup(sql, item, at + 1);
}

/** What may come after the default of a column. */
const AFTER_DEFAULT: readonly string[] = [
  "ON",
  "COMMENT",
  "CHECK",
  "INVISIBLE",
  "AUTO_INCREMENT",
  "WITHOUT",
  "COLLATE",
];

function readDefault(sql: string, item: Tokens): string | undefined {
  const at = findWord(item, "DEFAULT");
  if (at === -1) return undefined;
  const rest = item.slice(at + 1);
  const end = rest.findIndex(
    ({ keyword, depth }, index) => index > 0 && depth === 1 && AFTER_DEFAULT.includes(keyword),
  );
  const own = end === -1 ? rest : rest.slice(0, end);
  return sql.slice(own[0]?.start ?? 0, own.at(-1)?.end ?? 0);
}

function readColumn(sql: string, item: Tokens): ColumnExpressions {
  const generated = readAfter(sql, item, "AS");
  const usual = readDefault(sql, item);
  const check = readAfter(sql, item, "CHECK");
  return {
    ...(generated !== undefined && { generated }),
    ...(usual !== undefined && { default: usual }),
    ...(check !== undefined && { check }),
  };
}

/**
 * The expressions that a table is made with.
 *
 * @param sql the answer of SHOW CREATE TABLE
 */
export function parseTableExpressions(sql: string): TableExpressions {
  const columns = new Map<string, ColumnExpressions>();
  const checks = new Map<string, string>();
  for (const item of listItems(placeTokens(sql))) {
    const [first, second] = item;
    if (first?.kind === "quotedName") columns.set(readName(first), readColumn(sql, item));
    const check = first?.keyword === "CONSTRAINT" ? readAfter(sql, item, "CHECK") : undefined;
    if (second && check !== undefined) checks.set(readName(second), check);
  }
  return { columns, checks };
}

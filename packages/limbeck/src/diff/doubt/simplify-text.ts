/** Tokens of a text, each without blanks around it. */
type Tokens = readonly string[];

// In this order: comments, string literals, quoted names, numbers, words, runs of signs that are one operator, blanks, any other character.
const TOKENS =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\d[\w.]*|[\p{L}_][\p{L}\p{N}_$]*|::|!=|[<>|&!~*=@#?-]+|\s+|[\s\S]/gu;

const TYPE_WORDS: readonly (readonly string[])[] = [
  ["character", "varying"],
  ["double", "precision"],
  ["timestamp", "with", "time", "zone"],
  ["timestamp", "without", "time", "zone"],
  ["time", "with", "time", "zone"],
  ["time", "without", "time", "zone"],
  ["bit", "varying"],
];

const IS_WORD = /^[\p{L}_"]/u;
const IS_PLAIN = /^[a-z_][a-z0-9_]*$/;

const toSet = (words: string): ReadonlySet<string | undefined> => new Set(words.split(" "));

/** What a condition, or a part of one, begins or ends at; so does a text. */
const BOUNDARIES = toSet("( ) , ; and or where on having when then else end group order limit");
const LOGIC = toSet("and or not , select between case union");
const COMPARISONS = toSet("= <> < > <= >=");
const PREDICATES = toSet("in like ilike is regexp similar between");
const RESERVED = toSet("and or not in is null true false select from where case when then else end between like");

/** Other spellings of the same. */
const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map([
  ["!=", ["<>"]],
  ["true", ["1"]],
  ["false", ["0"]],
  ["~~", ["like"]],
  ["!~~", ["not", "like"]],
  ["~~*", ["ilike"]],
]);

/** Some engines write a quotation mark in a text with a backslash. */
export const doubleQuotes = (sql: string): string => sql.replaceAll(String.raw`\'`, "''");

function readToken(token: string): readonly string[] {
  if (/^(?:--|\/\*|\s)/.test(token)) return [];
  if (token.startsWith("'")) return [token];
  const isQuoted = token.startsWith('"') || token.startsWith("`");
  if (!isQuoted) return SYNONYMS.get(token.toLowerCase()) ?? [token.toLowerCase()];
  // Without its marks such a name would be another word.
  const name = token.slice(1, -1).toLowerCase();
  return [IS_PLAIN.test(name) && !RESERVED.has(name) ? name : `"${name}"`];
}

const tokenize = (sql: string): Tokens => (doubleQuotes(sql).match(TOKENS) ?? []).flatMap(readToken);

/** Where the parenthesis that opens at a position is closed. */
function findClosing(tokens: Tokens, open: number): number {
  let depth = 0;
  for (let position = open; position < tokens.length; position += 1) {
    if (tokens[position] === "(") depth += 1;
    if (tokens[position] === ")") depth -= 1;
    if (depth === 0) return position;
  }
  return -1;
}

/** How many tokens the type at a position takes, its length and the brackets of an array included. */
function measureType(tokens: Tokens, start: number): number {
  const words = TYPE_WORDS.find((type) => type.every((word, offset) => tokens[start + offset] === word));
  let end = start + (words?.length ?? 1);
  if (tokens[end] === ".") end += 2;
  if (tokens[end] === "(") end = findClosing(tokens, end) + 1;
  while (tokens[end] === "[" && tokens[end + 1] === "]") end += 2;
  return end - start;
}

/** `a::text` says where a text was written in other words, and nothing else that could be told without the engine. */
function dropCasts(tokens: Tokens): Tokens {
  const kept: string[] = [];
  for (let position = 0; position < tokens.length; position += 1) {
    if (tokens[position] === "::") position += measureType(tokens, position + 1);
    else kept.push(tokens[position] ?? "");
  }
  return kept;
}

/** The tokens that stand in no parentheses of their own. */
function listOuter(tokens: Tokens): Tokens {
  let depth = 0;
  return tokens.filter((token) => {
    if (token === ")") depth -= 1;
    const isOuter = depth === 0;
    if (token === "(") depth += 1;
    return isOuter;
  });
}

const isBoundary = (token: string | undefined): boolean => token === undefined || BOUNDARIES.has(token);

/** What stands before and behind parentheses; undefined where the text begins and ends. */
interface Surroundings {
  readonly before: string | undefined;
  readonly behind: string | undefined;
}

/** Whether a condition means the same without the parentheses around it: what is bound more tightly than all around it does. */
function isIdleCondition(logic: ReadonlySet<string>, { before, behind }: Surroundings): boolean {
  if (logic.size > 1 || !isBoundary(before) || !isBoundary(behind)) return false;
  const [only = "and"] = logic;
  return only === "and" || (only === "or" && before !== "and" && behind !== "and");
}

/** Whether parentheses around some tokens mean nothing. */
function isIdle(inner: Tokens, { before, behind }: Surroundings): boolean {
  const isCall = before !== undefined && IS_WORD.test(before) && !isBoundary(before);
  if (isCall || inner.length < 2) return !isCall && inner.length === 1;
  const outer = listOuter(inner);
  const logic = new Set(outer.filter((token) => LOGIC.has(token)));
  if (isIdleCondition(logic, { before, behind })) return true;
  if (logic.size > 0) return before === "(" && behind === ")";
  const isPlain = !outer.some((token) => COMPARISONS.has(token) || PREDICATES.has(token));
  return isPlain && [before, behind].every((token) => isBoundary(token) || COMPARISONS.has(token));
}

function dropParentheses(tokens: Tokens): Tokens {
  for (let open = 0; open < tokens.length; open += 1) {
    if (tokens[open] !== "(") continue;
    const close = findClosing(tokens, open);
    if (close < 0) return tokens;
    const inner = tokens.slice(open + 1, close);
    const isWhole = open === 0 && close === tokens.length - 1;
    if (isWhole || isIdle(inner, { before: tokens[open - 1], behind: tokens[close + 1] })) {
      return [...tokens.slice(0, open), ...inner, ...tokens.slice(close + 1)];
    }
  }
  return tokens;
}

/** How a server may write `in (a, b)`, and what `between` stands for. */
const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/= any \( (?:\( )?array \[ ([^[\]]*) \](?: \))? \)/g, "in ( $1 )"],
  [/<> all \( (?:\( )?array \[ ([^[\]]*) \](?: \))? \)/g, "not in ( $1 )"],
  [/(?<!\bnot )(?<=^|[( ])(?!not )([^\s()]+) between ([^\s()]+) and ([^\s()]+)/g, "$1 >= $2 and $1 <= $3"],
];

/** A qualifier says nothing where it is the same one everywhere. */
function dropOnlyQualifier(text: string): string {
  const qualifiers = new Set(Array.from(text.matchAll(/(\S+) \. /g), ([, name]) => name));
  return qualifiers.size === 1 ? text.replaceAll(/\S+ \. /g, "") : text;
}

/**
 * An SQL text without what engines add, leave out or write in other words when they keep it: casts, idle parentheses, names for what has that name anyway. Two
 * texts that are one afterwards say the same.
 *
 * @example
 * simplifyText("((title)::text <> ''::text)"); // "title <> ''"
 */
export function simplifyText(sql: string): string {
  let tokens = dropCasts(tokenize(sql));
  if (tokens.at(-1) === ";") tokens = tokens.slice(0, -1);
  for (let size = -1; size !== tokens.length;) {
    size = tokens.length;
    tokens = dropParentheses(tokens);
  }
  let text = tokens.join(" ");
  for (const [pattern, replacement] of REWRITES) text = text.replaceAll(pattern, replacement);
  return dropOnlyQualifier(text).replaceAll(/(\S+) as \1(?= |$)/g, "$1");
}

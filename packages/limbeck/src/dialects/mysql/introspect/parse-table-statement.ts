import { readName } from "../parse/read-name.ts";
import { placeTokens, type PlacedToken } from "../parse/place-tokens.ts";
import type { Token } from "../parse/tokenize.ts";

/** What only the statement of a table says about it. */
export interface TableStatement {
  /** What follows PARTITION BY. */
  readonly partitionBy?: string;
  /** The columns from when to when a row counts, of which the server keeps track. */
  readonly systemPeriod?: readonly [start: string, end: string];
  /** The same of which the application keeps track. */
  readonly period?: { readonly name: string; readonly start: string; readonly end: string };
  /** The keys whose rows may not overlap in that period; `PRIMARY` is the primary key. */
  readonly keysWithoutOverlaps: ReadonlySet<string>;
  /** Settings that the information schema leaves out. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The text of some tokens, with one blank wherever there are any. */
function join(tokens: readonly Token[]): string {
  return tokens
    .map(({ text, start }, index) => {
      const before = tokens[index - 1];
      return before !== undefined && before.end < start ? ` ${text}` : text;
    })
    .join("");
}

/** Whether a token begins the words that name the storage engine, which a partition has from its table; they are three tokens. */
const isEngine = (tokens: readonly Token[], index: number): boolean =>
  tokens[index]?.keyword === "ENGINE" && tokens[index + 1]?.text === "=";

/** How many partitions there are is a matter of time where the server adds them by itself. */
const dropGrowingCount = (text: string): string => text.replace(/ AUTO PARTITIONS \d+$/, " AUTO");

function findPartitions(tokens: readonly PlacedToken[]): string | undefined {
  const start = tokens.findIndex(
    ({ keyword, depth }, index) => keyword === "PARTITION" && depth === 0 && tokens[index + 1]?.keyword === "BY",
  );
  if (start === -1) return undefined;
  const own = tokens.slice(start + 2);
  const kept = own.filter((_, index) => ![index, index - 1, index - 2].some((one) => isEngine(own, one)));
  return dropGrowingCount(join(kept));
}

/** The names in the parentheses that come next. */
function readNames(tokens: readonly PlacedToken[], start: number): readonly [string, string] {
  const [first, second] = tokens.slice(start, start + 5).filter(({ kind }) => kind === "quotedName");
  return [first ? readName(first) : "", second ? readName(second) : ""];
}

function findPeriods(tokens: readonly PlacedToken[]): Pick<TableStatement, "systemPeriod" | "period"> {
  let found: Pick<TableStatement, "systemPeriod" | "period"> = {};
  for (const [index, { keyword, depth }] of tokens.entries()) {
    const [next, name] = [tokens[index + 1], tokens[index + 2]];
    if (keyword !== "PERIOD" || depth !== 1 || next?.keyword !== "FOR" || name === undefined) continue;
    const [start, end] = readNames(tokens, index + 3);
    const isSystem = name.keyword === "SYSTEM_TIME";
    found = {
      ...found,
      ...(isSystem ? { systemPeriod: [start, end] } : { period: { name: readName(name), start, end } }),
    };
  }
  return found;
}

/** The name of the key in whose parentheses a token stands. */
function findKey(tokens: readonly PlacedToken[], position: number): string {
  const open = tokens.slice(0, position).findLastIndex(({ text, depth }) => text === "(" && depth === 1);
  const name = tokens[open - 1];
  return name?.kind === "quotedName" ? readName(name) : "PRIMARY";
}

function findKeysWithoutOverlaps(tokens: readonly PlacedToken[]): ReadonlySet<string> {
  return new Set(tokens.flatMap(({ keyword }, index) => (keyword === "OVERLAPS" ? findKey(tokens, index) : [])));
}

/** The tables that a table unites. */
function findUnited(tokens: readonly PlacedToken[]): Readonly<Record<string, string>> {
  const start = tokens.findIndex(({ keyword, depth }) => keyword === "UNION" && depth === 0);
  const end = tokens.findIndex(({ text, depth }, index) => index > start && text === ")" && depth === 0);
  const insert = tokens.findIndex(({ keyword, depth }) => keyword === "INSERT_METHOD" && depth === 0);
  return {
    ...(insert !== -1 && { insert_method: tokens[insert + 2]?.text ?? "" }),
    ...(start !== -1 && { union: join(tokens.slice(start + 2, end + 1)) }),
  };
}

/** Whether somebody has said that an Aria table is to survive a crash, which it is anyway. */
function findTransactional(tokens: readonly PlacedToken[]): Readonly<Record<string, string>> {
  const isSaid = tokens.some(
    ({ keyword, depth }, index) => keyword === "TRANSACTIONAL" && depth === 0 && tokens[index + 2]?.text === "1",
  );
  return isSaid ? { transactional: "1" } : {};
}

/**
 * What the information schema does not tell of a table.
 *
 * @param sql the answer of SHOW CREATE TABLE
 */
export function parseTableStatement(sql: string): TableStatement {
  const tokens = placeTokens(sql);
  const partitionBy = findPartitions(tokens);
  return {
    ...(partitionBy !== undefined && { partitionBy }),
    ...findPeriods(tokens),
    keysWithoutOverlaps: findKeysWithoutOverlaps(tokens),
    settings: { ...findUnited(tokens), ...findTransactional(tokens) },
  };
}

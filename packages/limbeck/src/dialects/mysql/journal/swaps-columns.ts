import { foldName } from "../../../kernel/fold-name.ts";
import { readName } from "../parse/read-name.ts";
import type { Token } from "../parse/tokenize.ts";

/** One column that gets another name, as the words behind CHANGE or RENAME COLUMN say it; undefined where they speak of something else. */
function readRename(tokens: readonly Token[], position: number): readonly [from: string, to: string] | undefined {
  const verb = tokens[position]?.keyword;
  let next = position + 1;
  const pass = (word: string): boolean => {
    const isNext = tokens[next]?.keyword === word;
    if (isNext) next += 1;
    return isNext;
  };
  const isColumn = pass("COLUMN");
  if (verb === "RENAME" ? !isColumn : verb !== "CHANGE") return undefined;
  if (pass("IF")) pass("EXISTS");
  const from = tokens[next];
  next += 1;
  if (verb === "RENAME") pass("TO");
  const to = tokens[next];
  return from && to && [foldName(readName(from)), foldName(readName(to))];
}

/** The column that goes, as the words behind DROP say it; undefined where they speak of something else. */
function readDropped(tokens: readonly Token[], position: number): string | undefined {
  if (tokens[position]?.keyword !== "DROP") return undefined;
  const words = tokens.slice(position + 1, position + 5);
  const name = words.find(({ keyword }) => keyword === undefined || !["COLUMN", "IF", "EXISTS"].includes(keyword));
  return name && foldName(readName(name));
}

/**
 * Whether a change of a table gives a column the name that another one had until then: when both change places, or another one comes in the place of that which goes, the
 * table looks as before.
 */
export function swapsColumns(tokens: readonly Token[]): boolean {
  const renames = tokens.flatMap((_, position) => {
    const rename = readRename(tokens, position);
    return rename && rename[0] !== rename[1] ? [rename] : [];
  });
  const left = new Set([
    ...renames.map(([from]) => from),
    ...tokens.flatMap((_, position) => readDropped(tokens, position) ?? []),
  ]);
  return renames.some(([, to]) => left.has(to));
}

import type { IndexPart } from "../../../schema/model/table-index.ts";
import { quoteIdentifier } from "../quote.ts";
import { parseIndexedTerm } from "./parse-indexed-term.ts";
import type { TokenReader } from "./token-reader.ts";

/** The columns of a primary or unique key. */
export interface KeyColumns {
  readonly columns: readonly string[];
  /** What follows each column's name, when something follows one of them. */
  readonly termSuffixes: readonly string[] | undefined;
  /** PRIMARY KEY (id AUTOINCREMENT). */
  readonly autoIncrement: boolean;
}

/**
 * Reads the parenthesized columns of a key of the table.
 *
 * @param names the columns of the table
 */
export function parseKeyColumns(reader: TokenReader, names: readonly string[]): KeyColumns {
  reader.expectSymbol("(");
  const columns: string[] = [];
  const suffixes: string[] = [];
  let autoIncrement = false;
  do {
    const start = reader.position;
    reader.skipUntil(({ text }) => text === ",");
    const tokens = reader.tokensSince(start);
    autoIncrement = tokens.at(-1)?.keyword === "AUTOINCREMENT";
    const term = parseIndexedTerm(reader.sql, autoIncrement ? tokens.slice(0, -1) : tokens, names);
    if (term.column === undefined) throw reader.failure("a column of the table");
    columns.push(term.column);
    suffixes.push(renderSuffix(term));
  } while (reader.acceptSymbol(","));
  reader.expectSymbol(")");
  return { columns, termSuffixes: suffixes.some((suffix) => suffix !== "") ? suffixes : undefined, autoIncrement };
}

function renderSuffix({ collation, order }: IndexPart): string {
  const words: string[] = [];
  if (collation !== undefined) words.push("COLLATE", /^\w+$/.test(collation) ? collation : quoteIdentifier(collation));
  if (order === "desc") words.push("DESC");
  return words.join(" ");
}

import { tokenize, type Token } from "./tokenize.ts";

/** The tokens of a statement without the settings for it alone that stand in front of it. https://mariadb.com/kb/en/set-statement/ */
export function tokenizeMeant(sql: string): readonly Token[] {
  const tokens = tokenize(sql);
  const isPrefixed = tokens[0]?.keyword === "SET" && tokens[1]?.keyword === "STATEMENT";
  return isPrefixed ? tokens.slice(tokens.findIndex(({ keyword }) => keyword === "FOR") + 1) : tokens;
}

import type { TokenReader } from "./token-reader.ts";

/**
 * Reads the beginning that all CREATE statements share, up to the name of the object. The text that SQLite stores has neither TEMP nor
 * IF NOT EXISTS nor the name of a database, scripts may.
 *
 * @param words between CREATE and the name, in order: `["UNIQUE"]` may be left out, the last may not
 * @returns the name, and which of the optional words were there
 */
export function parseCreate(
  reader: TokenReader,
  kind: string,
  option = "",
): { readonly name: string; readonly hasOption: boolean } {
  reader.expect("CREATE");
  reader.acceptOneOf(["TEMP", "TEMPORARY"]);
  const hasOption = option !== "" && reader.accept(option);
  reader.expect(kind);
  reader.accept("IF", "NOT", "EXISTS");
  const expected = `the name of the ${kind.toLowerCase()}`;
  const name = reader.takeName(expected);
  return { name: reader.acceptSymbol(".") ? reader.takeName(expected) : name, hasOption };
}

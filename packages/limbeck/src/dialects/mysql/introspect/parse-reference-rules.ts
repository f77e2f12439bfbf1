import { placeTokens, type PlacedToken } from "../parse/place-tokens.ts";
import { readName } from "../parse/read-name.ts";
import type { CatalogueRule } from "./catalogue/constraints.ts";
import { listItems } from "./parse-table-expressions.ts";

/** The words after ON DELETE or ON UPDATE; the server leaves out what it does anyway. */
function readRule(item: readonly PlacedToken[], event: string): string {
  const at = item.findIndex(({ keyword }, index) => keyword === "ON" && item[index + 1]?.keyword === event);
  if (at === -1) return "RESTRICT";
  const [first, second] = item.slice(at + 2, at + 4).map(({ keyword }) => keyword);
  return first === "SET" || first === "NO" ? `${first} ${second ?? ""}` : (first ?? "");
}

/**
 * What the foreign keys of a table do, in the words of the information schema.
 *
 * @param sql the answer of SHOW CREATE TABLE
 */
export function parseReferenceRules(table: string, sql: string): readonly CatalogueRule[] {
  return listItems(placeTokens(sql)).flatMap((item) => {
    const [first, name, kind] = item;
    if (first?.keyword !== "CONSTRAINT" || name === undefined || kind?.keyword !== "FOREIGN") return [];
    return [{ table, name: readName(name), onDelete: readRule(item, "DELETE"), onUpdate: readRule(item, "UPDATE") }];
  });
}

import type { View } from "../../../schema/model/schema.ts";
import { omitUndefined } from "./omit-undefined.ts";
import { parseCreate } from "./parse-create.ts";
import { parseNames } from "./parse-references.ts";
import { TokenReader } from "./token-reader.ts";

/**
 * Reads CREATE VIEW into the schema model; the query stays as it is written, comments inside included.
 *
 * @throws ConnectionError (unreadableSql)
 */
export function parseCreateView(sql: string): View {
  const reader = new TokenReader(sql);
  const { name } = parseCreate(reader, "VIEW");
  const columns = reader.isAtSymbol("(") ? parseNames(reader) : undefined;
  reader.expect("AS");
  return omitUndefined<View>({ name, columns, definition: reader.takeRest() });
}

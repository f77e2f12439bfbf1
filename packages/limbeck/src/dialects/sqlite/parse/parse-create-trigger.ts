import type { Trigger } from "../../../schema/model/schema.ts";
import { parseCreate } from "./parse-create.ts";
import { TokenReader } from "./token-reader.ts";

/**
 * Reads the head of CREATE TRIGGER; the statement stays as it is written, comments inside included.
 *
 * @throws ConnectionError (unreadableSql)
 */
export function parseCreateTrigger(sql: string): Trigger {
  const definition = new TokenReader(sql).takeRest();
  const reader = new TokenReader(definition);
  const { name } = parseCreate(reader, "TRIGGER");
  // Between the name and ON stand the event and perhaps columns, none of which is the bare word ON.
  reader.skipUntil(({ keyword }) => keyword === "ON");
  reader.expect("ON");
  return { name, table: reader.takeName("a table"), definition };
}

import { createHash } from "node:crypto";
import { serialize } from "node:v8";
import type { Schema } from "../../schema/model/schema.ts";
import type { Reading } from "../read-source.ts";
import { digest } from "./digest.ts";
import { identifyProgram } from "./identify-program.ts";
import type { Conversation } from "./remembered-scratch.ts";

/** The sum of what a reading depends on; undefined where a schema holds what cannot be written down, a function for example. */
function sumUp(described: Schema): string | undefined {
  try {
    return createHash("sha256").update(identifyProgram()).update(serialize(described)).digest("hex");
  } catch {
    return undefined;
  }
}

/**
 * What a schema came to on a scratch database, remembered as a whole: neither is it compiled to find what the server said of it, nor is that read again. It is the
 * same as long as the schema, the server and this build of the package are.
 *
 * @param described the schema in the words in which it was written, of which all that is built follows
 * @param read builds and reads it
 */
export async function readOnce(
  { memory, circumstances, topic }: Conversation,
  described: Schema,
  read: () => Promise<Reading>,
): Promise<Reading> {
  const sum = sumUp(described);
  if (sum === undefined) return read();
  const name = digest([circumstances, topic, "reading"]);
  const kept = memory.recallReading(name);
  if (kept?.sum === sum) return kept.reading;
  const reading = await read();
  // A server of another version took the place of the scratch database.
  if (reading.serverVersion === circumstances.serverVersion) memory.keepReading(name, { sum, reading });
  return reading;
}

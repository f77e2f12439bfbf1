import { createRandom } from "../../runtime/rows/random.ts";
import type { ValueSource } from "../../runtime/trial/trial-database.ts";

/** The same values at each call. */
export function createValueSource(): ValueSource {
  let serial = 0;
  return { random: createRandom(1), nextSerial: () => (serial += 1) };
}

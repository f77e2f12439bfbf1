import type { Connection } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";

/**
 * What a script begins with.
 *
 * @param scratch the database that its statements are tried on
 * @returns undefined where there is nothing to begin with
 */
export async function readScriptHeader(
  { scriptHeader, readScriptSettings }: Dialect,
  scratch: Connection,
): Promise<string | undefined> {
  const settings = await readScriptSettings?.(scratch);
  const lines = [scriptHeader, settings].filter((text) => text !== undefined && text !== "");
  return lines.length === 0 ? undefined : lines.join("\n");
}

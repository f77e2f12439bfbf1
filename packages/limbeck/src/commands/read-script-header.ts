import type { Connection } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";

/**
 * What a script begins with.
 *
 * @param scratch the database that its statements are tried on
 * @param limits lines that limit its statements; default none
 * @returns undefined where there is nothing to begin with
 */
export async function readScriptHeader(
  { scriptHeader, readScriptSettings }: Dialect,
  scratch: Connection,
  limits: readonly string[] = [],
): Promise<string | undefined> {
  const settings = await readScriptSettings?.(scratch);
  const lines = [scriptHeader, settings, ...limits].filter((text) => text !== undefined && text !== "");
  return lines.length === 0 ? undefined : lines.join("\n");
}

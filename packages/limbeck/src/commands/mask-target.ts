import { callConfig } from "../config/call-config.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { UnmanagedObject } from "../dialect/dialect.ts";
import { maskSchema, type IncludeCompared } from "../diff/mask-schema.ts";
import type { Schema } from "../schema/model/schema.ts";

/** Whether something takes part in a comparison, as the config has it; undefined where it leaves nothing out. */
function readInclude({ includeName, includeObject }: ResolvedConfig): IncludeCompared | undefined {
  if (!includeName && !includeObject) return undefined;
  return (compared, side) => {
    const { kind, name } = compared;
    const context = { table: "table" in compared ? compared.table : undefined };
    const isNamed = side === "wanted" || name === undefined || (includeName?.(name, kind, context) ?? true);
    return isNamed && (includeObject?.(compared, side) ?? true);
  };
}

/**
 * What is wanted, without what the config leaves out.
 *
 * @returns also what is there and left out, as it is reported
 * @throws ConfigError when a function of the config fails
 */
export async function maskTarget(
  config: ResolvedConfig,
  found: Schema,
  wanted: Schema,
): Promise<{ readonly target: Schema; readonly leftOut: readonly UnmanagedObject[] }> {
  const include = readInclude(config);
  if (!include) return { target: wanted, leftOut: [] };
  const { target, hidden } = await callConfig(config, () => maskSchema(found, wanted, include));
  const reason = "the config leaves it out of comparisons";
  return { target, leftOut: hidden.map(({ kind, name = "without a name" }) => ({ kind, name, reason })) };
}

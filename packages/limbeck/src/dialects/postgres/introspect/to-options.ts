import type { DialectOptions } from "../../../schema/model/dialect-options.ts";
import type { PostgresOptionShapes } from "../options.ts";

/** Options under the name of the dialect, ready to be spread into their object; nothing where there are none. */
export function toOptions<Place extends keyof PostgresOptionShapes>(
  options: PostgresOptionShapes[Place],
): { readonly options?: DialectOptions } {
  // All shapes are plain data.
  return Object.keys(options).length === 0 ? {} : { options: { postgres: options as DialectOptions[string] } };
}

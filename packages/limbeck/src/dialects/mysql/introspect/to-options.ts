import type { DialectOptions } from "../../../schema/model/dialect-options.ts";
import type { JsonValue } from "../../../schema/model/json.ts";
import type { MysqlOptionShapes } from "../options.ts";

/** The options as the model keeps them; nothing where there are none. */
export function toOptions<Place extends keyof MysqlOptionShapes>(
  options: MysqlOptionShapes[Place],
): { readonly options?: DialectOptions } {
  if (Object.keys(options).length === 0) return {};
  // Every option is JSON, which the shapes cannot say.
  return { options: { mysql: options as Readonly<Record<string, JsonValue>> } };
}

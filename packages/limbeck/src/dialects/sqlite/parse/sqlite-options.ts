import type { DialectOptions } from "../../../schema/model/dialect-options.ts";
import type { JsonValue } from "../../../schema/model/json.ts";

/** Options under SQLite's key; undefined when there are none, so that the property can be left out. */
export function sqliteOptions(options: Readonly<Record<string, JsonValue | undefined>>): DialectOptions | undefined {
  const given: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined) given[name] = value;
  }
  return Object.keys(given).length === 0 ? undefined : { sqlite: given };
}

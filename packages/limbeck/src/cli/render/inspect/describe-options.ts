import type { DialectOptions } from "../../../schema/model/dialect-options.ts";
import type { JsonValue } from "../../../schema/model/json.ts";

/** A value in few words: `gin`, `(a, b)`, `table events, bound DEFAULT`. */
function describeValue(value: JsonValue): string {
  if (Array.isArray(value)) return `(${value.map(describeValue).join(", ")})`;
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${describeValue(inner)}`)
    .join(", ");
}

/** Settings of one engine: `strict, withoutRowid`, `engine InnoDB`, `include (a, b)`; one text each. */
export const describeOptions = (options: DialectOptions | undefined): readonly string[] =>
  Object.values(options ?? {})
    .flatMap((settings) => Object.entries(settings))
    .map(([name, value]) => (value === true ? name : `${name} ${describeValue(value)}`));

import type { JsonValue } from "../../../schema/model/json.ts";

/**
 * JSON text as a value, when writing that value again gives the same text but for white space: not where a number has more digits than a
 * number can hold, a key comes twice, or a character is written as an escape.
 *
 * @returns undefined also for `null`, because as a value it could not be told from SQL's NULL
 */
export function parseJsonLiteral(text: string): JsonValue | undefined {
  try {
    // JSON.parse gives JSON values, and is typed as any.
    const value = JSON.parse(text) as JsonValue;
    return value !== null && JSON.stringify(value) === removeWhiteSpace(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

function removeWhiteSpace(json: string): string {
  return json.replaceAll(/("(?:[^"\\]|\\.)*")|[ \t\n\r]+/g, (_match, string: string | undefined) => string ?? "");
}

import type { JsonValue } from "./json.ts";

/**
 * Settings that only one engine knows, keyed by the dialect's name; every dialect reads its own key and
 * refuses names it does not know.
 *
 * @example
 * const options: DialectOptions = { sqlite: { strict: true } };
 */
export type DialectOptions = Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;

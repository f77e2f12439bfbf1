import { EMBEDDED_SCHEME, isEmbeddedUrl, resolveEmbeddedUrl } from "./embedded-url.ts";
import { checkServerUrl, readUrl, redactServerUrl, SERVER_SCHEMES } from "./parse-url.ts";

/** URL schemes that lead here. */
export const POSTGRES_SCHEMES: readonly string[] = [...SERVER_SCHEMES, EMBEDDED_SCHEME];

/**
 * The URL with passwords replaced.
 *
 * @throws ConnectionError (malformedUrl)
 */
export function redactUrl(url: string): string {
  return isEmbeddedUrl(url) ? url : redactServerUrl(url);
}

/** Whether the URL names a schema to work in. */
export const namesOneSchema = (url: string): boolean => !isEmbeddedUrl(url) && readUrl(url).parameters.has("schema");

/**
 * The URL with a relative folder in it made absolute; no part of the URL of a server counts from a folder.
 *
 * @throws ConnectionError (malformedUrl)
 */
export function resolveUrl(url: string, folder: string): string {
  return isEmbeddedUrl(url) ? resolveEmbeddedUrl(url, folder) : checkServerUrl(url);
}

import { isAbsolute, resolve } from "node:path";
import { IN_MEMORY, parseUrl } from "./parse-url.ts";

/**
 * The URL with a relative path in it made absolute, counted from a folder; `sqlite::memory:` stays as it is.
 *
 * @throws ConnectionError as {@link parseUrl} does
 * @example
 * resolveUrl("sqlite:todo.db", "/srv/app"); // sqlite:/srv/app/todo.db
 */
export function resolveUrl(url: string, folder: string): string {
  const path = parseUrl(url);
  if (path === IN_MEMORY || isAbsolute(path)) return url;
  return buildUrl(resolve(folder, path));
}

/** The URL of a path, or of `:memory:`. */
export function buildUrl(path: string): string {
  return `sqlite:${path.replaceAll("%", "%25").replaceAll("?", "%3F")}`;
}

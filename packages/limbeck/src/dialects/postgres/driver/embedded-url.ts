import { isAbsolute, resolve } from "node:path";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";

/** URL scheme of databases that PGlite keeps inside this process. */
export const EMBEDDED_SCHEME = "pglite";

/** What stands in place of a folder for a database that is gone when it is closed. */
export const IN_MEMORY = ":memory:";

const EXAMPLE = "pglite:./data";

/** Whether a URL leads to PGlite. */
export function isEmbeddedUrl(url: string): boolean {
  return url.slice(0, EMBEDDED_SCHEME.length + 1).toLowerCase() === `${EMBEDDED_SCHEME}:`;
}

/** The URL of a folder, or of `:memory:`. */
export function buildEmbeddedUrl(path: string): string {
  return `${EMBEDDED_SCHEME}:${path.replaceAll("%", "%25").replaceAll("?", "%3F")}`;
}

/**
 * The folder behind a URL, or {@link IN_MEMORY}: `pglite:./data` and `pglite://data` count from the current folder, `pglite:/srv/data` and `pglite:///srv/data` from the
 * root. It is percent-decoded.
 *
 * @throws ConnectionError (malformedUrl, unknownUrlParameter)
 */
export function parseEmbeddedUrl(url: string): string {
  const [rest = "", query] = url.slice(EMBEDDED_SCHEME.length + 1).split(/\?(.*)$/s);
  const malformed = (problem: string): Error => connectionErrors.malformedUrl({ url, problem, example: EXAMPLE });
  const [parameter = ""] = new URLSearchParams(query).keys();
  if (parameter !== "") throw connectionErrors.unknownUrlParameter({ parameter, example: EXAMPLE });
  let path: string;
  try {
    path = decodeURIComponent(rest.replace(/^\/\//, ""));
  } catch {
    throw malformed("a per cent sign in a path is written as %25");
  }
  if (path === "" || path.includes("\0")) throw malformed(`it names no folder, and not ${IN_MEMORY} either`);
  return path;
}

/** The URL with a relative folder in it made absolute, counted from another one. */
export function resolveEmbeddedUrl(url: string, folder: string): string {
  const path = parseEmbeddedUrl(url);
  return path === IN_MEMORY || isAbsolute(path) ? url : buildEmbeddedUrl(resolve(folder, path));
}

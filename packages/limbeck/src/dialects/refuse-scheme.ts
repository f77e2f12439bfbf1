import { findClosestName } from "../kernel/closest-name.ts";
import { connectionErrors } from "../kernel/errors/connection-errors.ts";

/** What can be shown: a letter more, as in `:secret@`, and it would be another thing. */
const PLAIN_PATH = /^[\w./\\ ~-]+$/;

/** A URL in which there is no place for a password: what was typed is shown again only then. */
const PLAIN_URL = /^[^:]+(?=:\/\/(?:[\w.-]+@)?[\w.-]+(?::\d+)?(?:\/[\w.-]*)?$)/;

/** The scheme of a URL in small letters, without the colon; undefined where it has none. One letter before a backslash is a drive. */
export const readScheme = (url: string): string | undefined =>
  /^[a-z]:\\/i.test(url) ? undefined : /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();

/**
 * Says what is wrong with a URL that leads to no engine.
 *
 * @param schemes those that do, without the colon
 * @throws ConnectionError (unknownScheme, schemeMissing)
 */
export function refuseScheme(url: string, schemes: readonly string[]): never {
  const scheme = readScheme(url);
  if (scheme === undefined) {
    const path = PLAIN_PATH.test(url.replace(/^[a-z]:(?=\\)/i, "")) ? url : undefined;
    throw connectionErrors.schemeMissing({ schemes, path });
  }
  const closest = findClosestName(scheme, schemes);
  const isShown = closest !== undefined && PLAIN_URL.test(url);
  const meant = isShown ? url.replace(PLAIN_URL, closest) : undefined;
  throw connectionErrors.unknownScheme({ scheme, schemes, ...(meant !== undefined && { meant }) });
}

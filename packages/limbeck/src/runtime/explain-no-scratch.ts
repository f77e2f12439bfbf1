import { ConnectionError } from "../kernel/errors/connection-errors.ts";

/** None may be created, or there is no way to where one could be. */
const FORBIDDEN: ReadonlySet<string> = new Set(["scratchForbidden", "scratchUnreachable"]);

/** What the URL of a given one leads to nowhere for. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  "serverUnreachable",
  "loginRefused",
  "databaseUnknown",
  "cannotConnect",
  "noCurrentSchema",
]);

/**
 * Why no scratch database can be had, where that is what an error says, so that a command may do without; undefined for everything else, such as one that is
 * in use just now or holds something.
 *
 * @param given URL that the config names for it, if any
 */
export function explainNoScratch(error: unknown, given: string | undefined): string | undefined {
  if (!(error instanceof ConnectionError)) return undefined;
  if (FORBIDDEN.has(error.reason)) return `${error.title} ${error.why}`;
  if (given === undefined || !UNREACHABLE.has(error.reason)) return undefined;
  return `The scratch database of the config cannot be used. ${error.title}`;
}

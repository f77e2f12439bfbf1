import type { CatalogueEntry } from "./define-errors.ts";
import { graphErrorEntries } from "./graph-errors.ts";

/**
 * Every error code that Limbeck can give, in order of code.
 *
 * @example
 * listErrorCatalogue().find((entry) => entry.code === "LB0301")?.explain;
 */
export function listErrorCatalogue(): readonly CatalogueEntry[] {
  return [...graphErrorEntries].sort((a, b) => (a.code < b.code ? -1 : 1));
}

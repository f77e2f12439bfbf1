import { connectionErrorEntries } from "./connection-errors.ts";
import type { CatalogueEntry } from "./define-errors.ts";
import { graphErrorEntries } from "./graph-errors.ts";
import { lockErrorEntries } from "./lock-errors.ts";

/**
 * Every error code that Limbeck can give, in order of code.
 *
 * @example
 * listErrorCatalogue().find((entry) => entry.code === "LB0301")?.explain;
 */
export function listErrorCatalogue(): readonly CatalogueEntry[] {
  return [...graphErrorEntries, ...connectionErrorEntries, ...lockErrorEntries].sort((a, b) => (a.code < b.code ? -1 : 1));
}

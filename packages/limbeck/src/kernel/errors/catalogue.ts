import { configErrorEntries } from "./config-errors.ts";
import { connectionErrorEntries } from "./connection-errors.ts";
import type { CatalogueEntry } from "./define-errors.ts";
import { graphErrorEntries } from "./graph-errors.ts";
import { lockErrorEntries } from "./lock-errors.ts";
import { operationErrorEntries } from "./operation-errors.ts";
import { scriptErrorEntries } from "./script-errors.ts";
import { sourceErrorEntries } from "./source-errors.ts";

/**
 * Every error code that Limbeck can give, in order of code.
 *
 * @example
 * listErrorCatalogue().find((entry) => entry.code === "LB0301")?.explain;
 */
export function listErrorCatalogue(): readonly CatalogueEntry[] {
  return [
    ...configErrorEntries,
    ...scriptErrorEntries,
    ...graphErrorEntries,
    ...sourceErrorEntries,
    ...operationErrorEntries,
    ...connectionErrorEntries,
    ...lockErrorEntries,
  ].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

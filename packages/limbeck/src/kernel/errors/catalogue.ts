import { bugErrorEntries } from "./bug-errors.ts";
import { commandErrorEntries } from "./command-errors.ts";
import { configErrorEntries } from "./config-errors.ts";
import { connectionErrorEntries } from "./connection-errors.ts";
import { reachErrorEntries } from "./reach-errors.ts";
import { contentionErrorEntries } from "./contention-errors.ts";
import type { CatalogueEntry } from "./define-errors.ts";
import { diffErrorEntries } from "./diff-errors.ts";
import { executionErrorEntries } from "./execution-errors.ts";
import { runHookErrorEntries } from "./run-hook-errors.ts";
import { graphErrorEntries } from "./graph-errors.ts";
import { historyErrorEntries } from "./history-errors.ts";
import { driftErrorEntries } from "./drift-errors.ts";
import { journalErrorEntries } from "./journal-errors.ts";
import { learnErrorEntries } from "./learn-errors.ts";
import { lockErrorEntries } from "./lock-errors.ts";
import { operationErrorEntries } from "./operation-errors.ts";
import { proofErrorEntries } from "./proof-errors.ts";
import { seedErrorEntries } from "./seed-errors.ts";
import { replicaErrorEntries } from "./replica-errors.ts";
import { scriptErrorEntries } from "./script-errors.ts";
import { sourceErrorEntries } from "./source-errors.ts";
import { usageErrorEntries } from "./usage-errors.ts";

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
    ...reachErrorEntries,
    ...lockErrorEntries,
    ...journalErrorEntries,
    ...driftErrorEntries,
    ...bugErrorEntries,
    ...commandErrorEntries,
    ...executionErrorEntries,
    ...contentionErrorEntries,
    ...replicaErrorEntries,
    ...runHookErrorEntries,
    ...proofErrorEntries,
    ...diffErrorEntries,
    ...historyErrorEntries,
    ...usageErrorEntries,
    ...learnErrorEntries,
    ...seedErrorEntries,
  ].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { graphStructureErrors, type GraphStructureContexts } from "./graph-structure-errors.ts";
import { graphTargetErrors, type GraphTargetContexts } from "./graph-target-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";
import { replacementErrors, type ReplacementContexts } from "./replacement-errors.ts";

/** A revision graph or a target in it does not make sense; `reason` says which way. */
export class GraphError extends LimbeckError {
  override readonly name: string = "GraphError";
}

type GraphErrorContexts = GraphTargetContexts & GraphStructureContexts & ReplacementContexts;

const family = defineErrors<GraphErrorContexts>(GraphError, EXIT_CODES.usage, {
  ...graphTargetErrors,
  ...graphStructureErrors,
  ...replacementErrors,
});

/** Builds the errors of the revision graph. */
export const graphErrors: ErrorFamily<GraphErrorContexts>["create"] = family.create;

/** The graph's part of the error catalogue. */
export const graphErrorEntries: readonly CatalogueEntry[] = family.entries;

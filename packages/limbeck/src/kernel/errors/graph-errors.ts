import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";

/** A revision graph or a target in it does not make sense; `reason` says which way. */
export class GraphError extends LimbeckError {
  override readonly name: string = "GraphError";
}

type GraphErrorContexts = {
  readonly unknownRevision: { readonly identifier: string };
  readonly ambiguousPrefix: { readonly identifier: string; readonly candidates: readonly string[] };
};

const quoteAll = (identifiers: readonly string[]): string => identifiers.map((id) => `"${id}"`).join(", ");

const family = defineErrors<GraphErrorContexts>(GraphError, EXIT_CODES.usage, {
  unknownRevision: {
    code: "LB0301",
    title: ({ identifier }) => `No revision or branch is called "${identifier}".`,
    why: () => "The identifier matches no revision file and no branch label; a partial id needs at least four characters.",
    fix: () => ["limbeck history"],
    explain:
      "A target on the command line names a revision by its full id, by a unique beginning of at least four characters, " +
      "by a branch label, or with head, heads, base and +N/-N. This one matches nothing in the versions folder. " +
      "When the database itself stands at an id without a file, the file was deleted, or it lives on a branch you have not checked out.",
  },
  ambiguousPrefix: {
    code: "LB0302",
    title: ({ identifier, candidates }) =>
      `"${identifier}" is the beginning of ${candidates.length} revisions: ${quoteAll(candidates)}.`,
    why: () => "A partial id must fit one revision only.",
    fix: ({ candidates }) => candidates.map((candidate) => `limbeck show ${candidate}`),
    explain: "Give more characters of the id, or the whole of it; `limbeck history` lists all ids.",
  },
});

/** Builds the errors of the revision graph. */
export const graphErrors: ErrorFamily<GraphErrorContexts>["create"] = family.create;

/** The graph's part of the error catalogue. */
export const graphErrorEntries: readonly CatalogueEntry[] = family.entries;

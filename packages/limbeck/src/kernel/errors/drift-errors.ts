import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";

/** A database is not as its revisions have left it, and the run was to be refused then. */
export class DriftError extends LimbeckError {
  override readonly name: string = "DriftError";
}

type DriftErrorContexts = {
  readonly changedByHand: {
    readonly database: string;
    /** What would bring it back to its revisions; empty where these could not be run. */
    readonly drift: readonly string[];
    /** What has changed since the last run, an object each; empty where that is not known. */
    readonly since: readonly string[];
    /** Where it stands; empty for base. */
    readonly rows: readonly string[];
    /** Whether revisions are still to run: then none can be written from the database. */
    readonly isBehind: boolean;
  };
  readonly notTold: { readonly database: string; readonly reason: string };
};

const list = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)];

const family = defineErrors<DriftErrorContexts>(DriftError, EXIT_CODES.drift, {
  changedByHand: {
    code: "LB1601",
    title: ({ database }) => `${database} was changed by hand.`,
    why: ({ drift, since }) =>
      [
        "With --strict nothing runs then, and nothing was changed.",
        ...list("What would bring it back to its revisions:", drift),
        ...list("Not as at the end of the last run:", since),
      ].join("\n"),
    fix: ({ rows, isBehind }) => [
      ...(isBehind ? [] : ['limbeck revision -m "..." --from-database']),
      // A side of a comparison is one revision with what is below it.
      rows.length > 1 ? "limbeck check" : `limbeck diff database rev:${rows[0] ?? "base"} --sql`,
    ],
    explain:
      "`limbeck upgrade TARGET --strict` compares the database with what it was at the end of the last run, and with what its revisions make of an empty one, before anything runs. What somebody changed by hand " +
      "is either wanted: once no revisions are pending (an upgrade without --strict sees to that), `limbeck revision --from-database` writes it down as a revision, and stamps this database, which has it already. Or it is not: `limbeck diff database rev:REVISION --sql`, with the one that the database stands at, prints what takes it back. " +
      "Views and the like that no revision speaks of, and what the config leaves out of comparisons, do not count.",
  },
  notTold: {
    code: "LB1602",
    title: ({ database }) => `Nobody can tell whether ${database} was changed by hand.`,
    why: ({ reason }) =>
      `The journal does not say what it was like at the end of the last run, and the revisions cannot be run to compare: ${reason} Nothing was changed.`,
    fix: () => ["limbeck check", "limbeck stamp head"],
    explain:
      "At the end of each run, and with `limbeck stamp`, the journal takes down what the database looks like. After a script, or with another version of Limbeck or of the engine, that says nothing; then `--strict` runs the revisions on a scratch database, " +
      "and here that is not possible. Run once without --strict, or, if the schema is right, `limbeck stamp` with the revision that the database stands at.",
  },
});

/** Builds the errors of `--strict`. */
export const driftErrors: ErrorFamily<DriftErrorContexts>["create"] = family.create;

/** The part of the error catalogue about `--strict`. */
export const driftErrorEntries: readonly CatalogueEntry[] = family.entries;

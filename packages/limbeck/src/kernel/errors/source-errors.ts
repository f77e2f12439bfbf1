import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";
import { formatLocation, withFrame, type SourceLocation } from "./source-location.ts";

/** The models, which say what the schema should be, cannot be used; `reason` says why. */
export class SourceError extends LimbeckError {
  override readonly name: string = "SourceError";
}

type SourceErrorContexts = {
  readonly modelsMissing: { readonly configPath: string };
  readonly modelsBroken: { readonly location: SourceLocation; readonly message: string; readonly fix?: string };
  readonly noModels: { readonly configPath: string; readonly exports: readonly string[] };
  readonly duplicateModel: { readonly kind: string; readonly name: string; readonly places: readonly string[] };
};

const family = defineErrors<SourceErrorContexts>(SourceError, EXIT_CODES.usage, {
  modelsMissing: {
    code: "LB0401",
    title: () => "The config names no models.",
    why: ({ configPath }) => `There is nothing to compare the database with: ${configPath} has no \`models\`.`,
    fix: ({ configPath }) => [
      `add \`models: () => import("./models.ts"),\` to ${configPath}`,
      'limbeck revision -m "..."',
    ],
    explain:
      "diff, check and revision --autogenerate compare the database with your models. Point `models` in the config to the module that exports " +
      "them; it is only loaded when it is needed. Without models you can write revisions by hand.",
  },
  modelsBroken: {
    code: "LB0402",
    title: ({ location, message }) => `${formatLocation(location)}: ${message}`,
    why: ({ location }) => withFrame("The models cannot be loaded.", location),
    fix: ({ location, fix }) => [fix ?? `edit ${formatLocation(location)}`],
    explain:
      "The models are a module that is run. It has a syntax error, imports something that is not there, or threw an error.",
  },
  noModels: {
    code: "LB0403",
    title: () => "The models file exports no table.",
    why: ({ exports }) =>
      exports.length > 0
        ? `It exports ${exports.join(", ")}; none of them was made with table(), view() or trigger().`
        : "It exports nothing.",
    fix: ({ configPath }) => [
      'write `export const todos = table("todos", { ... });` with table from "limbeck/schema"',
      `correct the import at \`models\` in ${configPath}`,
    ],
    explain:
      "Taken literally, models without a table mean that every table of the database is to be dropped, which nobody means. " +
      "Tables count when they are exported, alone, in a list or in an object.",
  },
  duplicateModel: {
    code: "LB0404",
    title: ({ kind, name }) => `The models describe the ${kind} "${name}" twice.`,
    why: ({ places }) => `Found in ${places.join(" and ")}.`,
    fix: ({ name }) => [`remove or rename one of the two models called "${name}"`],
    explain:
      "A database holds one table or view of a name. Exporting the same model from several places is fine; describing it twice is not.",
  },
});

/** Builds the errors of models. */
export const sourceErrors: ErrorFamily<SourceErrorContexts>["create"] = family.create;

/** The part of the error catalogue about models. */
export const sourceErrorEntries: readonly CatalogueEntry[] = family.entries;

import type { ExitCode } from "../exit-code.ts";
import type { ErrorDetails, LimbeckError } from "./limbeck-error.ts";
import type { Retypings } from "./retyping.ts";

/** One entry of the error catalogue; `Context` is the data an occurrence must bring. */
export interface ErrorEntry<Context> {
  readonly code: string;
  readonly title: (context: Context) => string;
  readonly why: (context: Context) => string;
  readonly fix: (context: Context) => readonly string[];
  /** Changes that make commands that work of the one that was typed; they come before the other fixes. Default none. */
  readonly retype?: (context: Context) => readonly Retypings[];
  /** Long form for `limbeck explain CODE`: a paragraph or two of plain text. */
  readonly explain: string;
  /** Overrides the exit code of the family. */
  readonly exitCode?: ExitCode;
}

/** What `limbeck explain` and the documentation show about a code. */
export interface CatalogueEntry {
  readonly code: string;
  readonly reason: string;
  readonly explain: string;
  readonly exitCode: ExitCode;
}

/** A subclass of {@link LimbeckError}, one per family, so that callers can tell families with `instanceof`. */
export type ErrorClass = new (details: ErrorDetails, cause?: unknown) => LimbeckError;

/** The data that each error of a family brings, by reason. */
export type ErrorContexts = Readonly<Record<string, object>>;

/** The factories of a family, keyed by reason, and its part of the catalogue. */
export interface ErrorFamily<C extends ErrorContexts> {
  readonly create: { readonly [Reason in keyof C]: (context: C[Reason], cause?: unknown) => LimbeckError };
  readonly entries: readonly CatalogueEntry[];
}

/**
 * Turns a record of entries into factories that build the errors of one family.
 *
 * @param ErrorType the family's subclass
 * @param exitCode exit code of every entry that does not bring its own
 * @param definitions the entries by reason
 */
export function defineErrors<C extends ErrorContexts>(
  ErrorType: ErrorClass,
  exitCode: ExitCode,
  definitions: { readonly [Reason in keyof C]: ErrorEntry<C[Reason]> },
): ErrorFamily<C> {
  const build = <Reason extends keyof C & string>(reason: Reason) => {
    const definition = definitions[reason];
    return (context: C[Reason], cause?: unknown): LimbeckError =>
      new ErrorType(
        {
          code: definition.code,
          reason,
          title: definition.title(context),
          why: definition.why(context),
          fix: definition.fix(context),
          retypings: definition.retype?.(context) ?? [],
          exitCode: definition.exitCode ?? exitCode,
          context: Object.fromEntries(Object.entries(context)),
        },
        cause,
      );
  };
  const reasons = Object.keys(definitions);
  return {
    // Object.fromEntries loses the link between a key and its value's type; the loop above keeps it true.
    create: Object.fromEntries(reasons.map((reason) => [reason, build(reason)])) as unknown as ErrorFamily<C>["create"],
    entries: reasons.map((reason) => {
      // Object.keys gives strings; each of them is a reason of this family, whose context does not matter here.
      const { code, explain, exitCode: own } = definitions[reason] as ErrorEntry<never>;
      return { code, reason, explain, exitCode: own ?? exitCode };
    }),
  };
}

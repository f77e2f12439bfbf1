import type { ExitCode } from "../exit-code.ts";
import { maskSecrets } from "../mask-secrets.ts";
import type { Retypings } from "./retyping.ts";

/** What is known about one kind of failure before it happens: the part the catalogue holds. */
export interface ErrorDetails {
  /** Stable code, `LB` and four digits; the first two name the family. */
  readonly code: string;
  /** Name of the entry in its family, for example `unknownRevision`. */
  readonly reason: string;
  /** What happened, in the user's words; one line. */
  readonly title: string;
  /** Why it is a problem or how it came about; empty when the title says it all. */
  readonly why: string;
  /** Commands or edits that repair it, most useful first. */
  readonly fix: readonly string[];
  /** Changes that make commands that repair it of the one that was typed. Default none. */
  readonly retypings?: readonly Retypings[];
  /** The process exit code that the command line gives for it. */
  readonly exitCode: ExitCode;
  /** Plain data about this occurrence; the shape depends on the code. */
  readonly context: Readonly<Record<string, unknown>>;
}

/**
 * The one error type that Limbeck throws on purpose; anything else that escapes is a bug.
 *
 * @example
 * try {
 *   await upgrade(environment, { target: "head" });
 * } catch (error) {
 *   if (error instanceof LimbeckError) console.error(error.code, error.title, error.fix);
 * }
 */
export class LimbeckError extends Error {
  override readonly name: string = "LimbeckError";
  readonly code: string;
  readonly reason: string;
  readonly title: string;
  readonly why: string;
  readonly fix: readonly string[];
  readonly retypings: readonly Retypings[];
  readonly exitCode: ExitCode;
  readonly context: Readonly<Record<string, unknown>>;

  constructor(details: ErrorDetails, cause?: unknown) {
    // Whatever the words of a database or of somebody's code are made of, secrets are never printed.
    const [title, why] = [maskSecrets(details.title), maskSecrets(details.why)];
    super(`${details.code}: ${title}`, cause === undefined ? undefined : { cause });
    this.code = details.code;
    this.reason = details.reason;
    this.title = title;
    this.why = why;
    this.fix = details.fix;
    this.retypings = details.retypings ?? [];
    this.exitCode = details.exitCode;
    this.context = details.context;
  }
}

import type { ExitCode } from "../kernel/exit-code.ts";
import type { Style } from "./style.ts";

/** What a command has to say once it is done. */
export interface Outcome {
  /** What `--json` prints. */
  readonly data: unknown;
  /** What was asked for, on stdout; empty when that is nothing. */
  readonly output?: (style: Style) => string;
  /** What happened and what is useful next, on stderr. */
  readonly story?: (style: Style) => string;
  /** The story is of what went wrong, so that it is told with --quiet too. Default false. */
  readonly isFailure?: boolean;
  /** Default 0; with any other, `ok` of `--json` is false. */
  readonly exitCode?: ExitCode;
}

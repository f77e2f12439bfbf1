import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";

/** Errors that say something of the place where revisions are tried, or of who tries them. */
const OTHER_REASONS: ReadonlySet<string> = new Set([
  "interrupted",
  "copyUnsupported",
  "scratchForbidden",
  "scratchInUse",
  "scratchNotEmpty",
  "scratchNowhere",
]);

/** Whether an error is the fault of the revision that was tried; with any other the trial ends, and nothing is known. */
export const blamesRevision = (error: unknown): error is LimbeckError =>
  error instanceof LimbeckError && !OTHER_REASONS.has(error.reason);

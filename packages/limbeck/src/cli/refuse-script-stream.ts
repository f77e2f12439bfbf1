import { usageErrors } from "../kernel/errors/usage-errors.ts";
import { STREAM } from "./command-line.ts";
import { toFlag } from "./flag-name.ts";
import type { Session } from "./session.ts";

/**
 * Refuses a stream where nothing runs.
 *
 * @throws UsageError when a script is asked for as well
 */
export function refuseScriptStream(
  { terminal }: Session,
  command: string,
  flags: { readonly sql: boolean; readonly dryRun: boolean },
): void {
  const name = flags.sql ? "sql" : flags.dryRun ? "dryRun" : undefined;
  if (!terminal.stream || name === undefined) return;
  const because = "A stream tells of a run, and a script runs nothing.";
  throw usageErrors.flagsExclude({ command, flags: [STREAM, toFlag(name)], because });
}

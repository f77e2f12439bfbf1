import type { RunEvent } from "../runtime/run-steps.ts";
import type { Outcome } from "./outcome.ts";
import { createProgress } from "./progress.ts";
import type { Session } from "./session.ts";

/** Runs revisions and tells of each while it goes on. */
export async function showProgress(
  { terminal }: Session,
  run: (onEvent: (event: RunEvent) => void) => Promise<Outcome>,
): Promise<Outcome> {
  const progress = createProgress(terminal);
  try {
    return await run(progress.onEvent);
  } finally {
    progress.interrupt();
  }
}

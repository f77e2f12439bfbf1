import type { Outcome } from "./outcome.ts";
import { createProgress } from "./progress.ts";
import { streamProgress } from "./stream-progress.ts";
import type { RunHooks, Session } from "./session.ts";

/** How long it may take to stop without a word, in milliseconds. */
const GRACE = 500;

/** Runs revisions, tells of each while it goes on, and lets them be stopped. */
export async function showProgress(
  { terminal, world }: Session,
  run: (hooks: RunHooks) => Promise<Outcome>,
): Promise<Outcome> {
  const { stream } = terminal;
  const progress = stream ? streamProgress(stream) : createProgress(terminal);
  return world.interruptible(async (signal) => {
    const explain = (): void =>
      terminal.tell("\nStopping as soon as the database lets go. Ctrl-C again ends at once.\n");
    signal.addEventListener("abort", () => setTimeout(explain, GRACE).unref());
    try {
      return await run({ onEvent: progress.onEvent, signal });
    } finally {
      progress.interrupt(signal.aborted ? "stopped" : "failed");
      await stream?.settle();
    }
  });
}

import { PATIENCE, waitFor } from "../dialect/wait-for.ts";
import type { WaitHooks } from "../dialect/dialect.ts";
import type { ActivityWatch } from "../runtime/revision-target.ts";

/** The part of a process that tells what it does. */
export type ActiveProcess = Pick<NodeJS.Process, "getActiveResourcesInfo" | "off" | "once">;

/** How long a revision is waited for, in milliseconds. */
const TIMEOUT = 10_000;

/** Whether one list has no more of any kind than the other. */
function isWithin(now: readonly string[], before: readonly string[]): boolean {
  const left = new Map<string, number>();
  for (const kind of before) left.set(kind, (left.get(kind) ?? 0) + 1);
  for (const kind of now) left.set(kind, (left.get(kind) ?? 0) - 1);
  return [...left.values()].every((count) => count >= 0);
}

/**
 * Waits until nothing keeps the process alive. Node tells when it is about to end, which takes everything into account; a list of what is active lacks what its threads
 * compute, a hash or a compression for example. https://nodejs.org/api/process.html#event-beforeexit
 *
 * @returns false when it does not come to that in time
 */
function becomeIdle(host: ActiveProcess, { onWait, signal }: WaitHooks): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isIdle: boolean): void => {
      host.off("beforeExit", onIdle);
      clearTimeout(patience);
      clearTimeout(limit);
      signal?.removeEventListener("abort", onIdle);
      // In a turn of its own, which keeps the process alive until the run has gone on.
      setImmediate(() => resolve(isIdle));
    };
    const onIdle = (): void => end(true);
    // Timers that keep the process alive would be what is waited for.
    const patience = setTimeout(() => onWait?.(""), PATIENCE).unref();
    const limit = setTimeout(() => end(false), TIMEOUT).unref();
    host.once("beforeExit", onIdle);
    signal?.addEventListener("abort", onIdle);
  });
}

/**
 * Takes note of what a process does.
 *
 * @param own what it did before code of the project ran: its streams are listed, and keep no process alive
 */
export function watchActivity(host: ActiveProcess, own: readonly string[]): ActivityWatch {
  const before = host.getActiveResourcesInfo();
  return {
    async settle(hooks) {
      if (isWithin(before, own)) return becomeIdle(host, hooks);
      // The config, for example, has left something open: the process never becomes idle, and whose doing it is if more goes on cannot be told.
      await waitFor(() => isWithin(host.getActiveResourcesInfo(), before), {
        timeout: TIMEOUT,
        signal: hooks.signal,
        onWait: () => hooks.onWait?.(""),
      });
      return true;
    },
  };
}

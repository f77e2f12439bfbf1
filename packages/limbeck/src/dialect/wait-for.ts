import { setTimeout as sleep } from "node:timers/promises";

const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 200;

/** How long a wait stays silent, in milliseconds. */
export const PATIENCE: number = 2000;

/** What may happen during a wait. */
export interface WaitOptions {
  /** How long to wait, in milliseconds; 0 tries once. */
  readonly timeout: number;
  /** Called once, when it takes long enough for a person to wonder. */
  readonly onWait?: () => void;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

/** How a wait ended. */
export interface WaitResult {
  readonly outcome: "done" | "timedOut" | "stopped";
  /** Milliseconds. */
  readonly waited: number;
}

/** Tries until it works, time is up or the wait is stopped, with pauses that grow, and leaves the process free in between. */
export async function waitFor(
  attempt: () => boolean | Promise<boolean>,
  { timeout, onWait, signal }: WaitOptions,
): Promise<WaitResult> {
  const start = performance.now();
  let hasTold = onWait === undefined;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    if (signal?.aborted) return { outcome: "stopped", waited: performance.now() - start };
    if (await attempt()) return { outcome: "done", waited: performance.now() - start };
    const waited = performance.now() - start;
    if (waited >= timeout) return { outcome: "timedOut", waited };
    if (!hasTold && waited >= PATIENCE) {
      hasTold = true;
      onWait?.();
    }
    // An abort cuts the pause short; the next round sees it.
    await sleep(Math.min(pause, timeout - waited), undefined, signal && { signal }).catch(() => undefined);
  }
}

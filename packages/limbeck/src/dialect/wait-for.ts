import type { StopSignal } from "./stop-signal.ts";

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
  readonly signal?: StopSignal | undefined;
}

/** How a wait ended. */
export interface WaitResult {
  readonly outcome: "done" | "timedOut" | "stopped";
  /** Milliseconds. */
  readonly waited: number;
}

/** A pause, which ends before its time when it is stopped. */
export function sleep(milliseconds: number, signal: StopSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);
  });
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
    await sleep(Math.min(pause, timeout - waited), signal);
  }
}

import { setTimeout as sleep } from "node:timers/promises";

const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 200;

/**
 * Tries until it works or time is up, with pauses that grow, and leaves the process free in between.
 *
 * @param timeout milliseconds; 0 tries once
 * @returns undefined when it worked, otherwise how many milliseconds were waited in vain
 */
export async function waitFor(attempt: () => boolean | Promise<boolean>, timeout: number): Promise<number | undefined> {
  const start = performance.now();
  for (let pause = FIRST_PAUSE; !(await attempt()); pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const waited = performance.now() - start;
    if (waited >= timeout) return waited;
    await sleep(Math.min(pause, timeout - waited));
  }
  return undefined;
}

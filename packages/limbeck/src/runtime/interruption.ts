import type { StopSignal } from "../dialect/stop-signal.ts";

/** Thrown inside a run that is asked to stop; the runner knows what that means for the database. */
export class Interruption extends Error {
  override readonly name: string = "Interruption";

  constructor() {
    super("The run was asked to stop.");
  }
}

/** @throws Interruption when the run is asked to stop */
export function heed(signal: StopSignal | undefined): void {
  if (signal?.aborted) throw new Interruption();
}

/** How long a run may keep the process from hearing of anything else, in milliseconds. */
const LONGEST_BREATH = 50;

/**
 * Makes what a run calls between two statements. A driver that answers at once keeps the event loop from turning, and a signal from being heard.
 *
 * @returns throws Interruption when the run is asked to stop
 */
export function createPulse(signal: StopSignal | undefined): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (!signal) return;
    if (performance.now() - last > LONGEST_BREATH) {
      await new Promise((resolve) => setImmediate(resolve));
      last = performance.now();
    }
    heed(signal);
  };
}

/** What the work gives, unless the run is asked to stop before; the work itself goes on unheard then. */
export async function unlessStopped<Result>(signal: StopSignal | undefined, work: Promise<Result>): Promise<Result> {
  if (!signal) return work;
  heed(signal);
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new Interruption());
  });
  signal.addEventListener("abort", stop);
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** The part of a process that hears of signals. */
export type SignalSource = Pick<NodeJS.Process, "on" | "off">;

/** Ctrl-C, and what systems send before they end a process the hard way. */
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Runs work that the first signal asks to stop. From then on, and when the work is done, signals end the process as they do by default. */
export async function interruptible<Result>(
  host: SignalSource,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const forget = (): void => {
    for (const signal of SIGNALS) host.off(signal, stop);
  };
  const stop = (): void => {
    forget();
    controller.abort();
  };
  for (const signal of SIGNALS) host.on(signal, stop);
  try {
    return await run(controller.signal);
  } finally {
    forget();
  }
}

/** Runs work one piece at a time, in the order of the calls, and stops for good at the first failure. */
export interface OperationQueue {
  /**
   * Adds a piece of work. The promise may be ignored: the work still runs in its place, and its failure comes out of `drain`.
   *
   * @returns what the work gives, or the failure that stopped the queue before it
   */
  push<Result>(work: () => Promise<Result>): Promise<Result>;
  /**
   * Waits until nothing is left to do, also of what the work itself goes on to add.
   *
   * @throws the first failure
   */
  drain(): Promise<void>;
  /** From now on work comes too late: the first piece is kept in mind, and none is ever answered, so that whoever pushed it goes no further. */
  finish(): void;
  /** @throws the error for the first piece of work that came after `finish` */
  refuseLate(): void;
  /** From now on `push` refuses. */
  close(): void;
}

/**
 * Makes an empty queue.
 *
 * @param lateError builds the error for work that arrives after `finish`, or after `close`
 */
export function createOperationQueue(lateError: (isClosed: boolean) => Error): OperationQueue {
  let tail: Promise<unknown> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  let late: Error | undefined;
  let state: "open" | "finished" | "closed" = "open";

  const runUnlessFailed = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (failure) throw failure.error;
    try {
      return await work();
    } catch (error) {
      failure ??= { error };
      throw error;
    }
  };

  return {
    push(work) {
      if (state === "closed") return Promise.reject(lateError(true));
      if (state === "finished") {
        late ??= lateError(false);
        return new Promise(() => undefined);
      }
      const result = tail.then(() => runUnlessFailed(work));
      // The failure is kept and comes out of drain(); without this, a forgotten await would end the process instead.
      tail = result.catch(() => undefined);
      return result;
    },
    async drain() {
      let seen: Promise<unknown>;
      do {
        seen = tail;
        await seen;
        // One turn of the event loop, so that a helper nobody awaits can queue what follows its own await.
        await new Promise((resolve) => setImmediate(resolve));
      } while (seen !== tail);
      if (failure) throw failure.error;
    },
    finish() {
      state = "finished";
    },
    refuseLate() {
      if (late) throw late;
    },
    close() {
      state = "closed";
    },
  };
}

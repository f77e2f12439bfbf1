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
  /** From now on `push` refuses; returns without waiting. */
  close(): void;
}

/**
 * Makes an empty queue.
 *
 * @param lateError builds the error for work that arrives after `close`
 */
export function createOperationQueue(lateError: () => Error): OperationQueue {
  let tail: Promise<unknown> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  let closed = false;

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
      if (closed) return Promise.reject(lateError());
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
    close() {
      closed = true;
    },
  };
}

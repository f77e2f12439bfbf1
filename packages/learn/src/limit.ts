/** Does work as soon as few enough others are at it. */
export type Limit = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Lets at most so many pieces of work go on at the same time; the others wait in the order in which they came. */
export function createLimit(atOnce: number): Limit {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}

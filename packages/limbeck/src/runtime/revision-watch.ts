import type { Operation } from "../ops/operation.ts";

/** Looks on while one revision runs, and has the last word before it is committed. */
export interface RevisionWatch {
  /** Hears of every operation before it runs. */
  readonly onOperation: (operation: Operation) => Promise<void>;
  /** Hears of every read before it runs; it may write as well. */
  readonly onQuery: (sql: string) => Promise<void>;
  /** Hears of a commit in the middle of the revision before it happens. */
  readonly beforeCommit?: () => Promise<void>;
  /** Hears that the transaction behind it has begun. */
  readonly afterBegin?: () => void;
  /** @throws ExecutionError when the revision must not stay */
  readonly check: () => Promise<void>;
}

/** Several watches as one; the checks come in their order. */
export function combineWatches(watches: readonly RevisionWatch[]): RevisionWatch {
  return {
    async onOperation(operation) {
      for (const watch of watches) await watch.onOperation(operation);
    },
    async onQuery(sql) {
      for (const watch of watches) await watch.onQuery(sql);
    },
    async beforeCommit() {
      for (const watch of watches) await watch.beforeCommit?.();
    },
    afterBegin() {
      for (const watch of watches) watch.afterBegin?.();
    },
    async check() {
      for (const watch of watches) await watch.check();
    },
  };
}

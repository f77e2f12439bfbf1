import { AsyncLocalStorage } from "node:async_hooks";
import type { Statement } from "../dialect/statement.ts";
import type { RevisionTarget } from "./revision-target.ts";

/** The way out of a revision's transaction. */
export interface TransactionExit {
  /** Runs code whose operations are outside of the transaction; a block within a block is out already. */
  readonly leave: (code: () => Promise<void>) => Promise<void>;
  /** Asks for something in the order of the calls: what is called after a block, which nobody awaited, waits for the end of the block. */
  readonly inOrder: <Result>(ask: () => Promise<Result>) => Promise<Result>;
  /** Waits for blocks that nobody awaited. */
  readonly settle: () => Promise<void>;
}

/**
 * Makes the way out of a transaction.
 *
 * @param isOutside whether the revision has no transaction to leave
 * @param enqueue does a piece of work in its turn, after what was asked for before; when that fails, so does the revision
 * @param run runs a statement that frames the revision
 */
export function createExit(
  { dialect, isOutside }: Pick<RevisionTarget, "dialect"> & { readonly isOutside: boolean },
  enqueue: (work: () => Promise<unknown>) => Promise<unknown>,
  run: (statement: Statement) => Promise<unknown>,
): TransactionExit {
  const { begin, commit } = dialect.transaction;
  const inside = new AsyncLocalStorage<true>();
  let block: Promise<void> | undefined;

  const goOut = async (code: () => Promise<void>): Promise<void> => {
    if (block) await block;
    await enqueue(() => run(commit));
    try {
      await inside.run(true, code);
    } catch (error) {
      // Also where nobody awaits the block.
      await enqueue(() => Promise.reject(error));
    }
    await enqueue(() => run(begin));
  };

  return {
    leave(code) {
      if (isOutside || inside.getStore()) return code();
      const own = goOut(code);
      const ended = own.catch(() => undefined);
      block = ended;
      const forget = (): void => {
        if (block === ended) block = undefined;
      };
      ended.then(forget, forget);
      return own;
    },
    async settle() {
      for (let open = block; open; open = block) await open;
    },
    inOrder(ask) {
      if (block === undefined || inside.getStore()) return ask();
      const answer = block.then(ask);
      // As with everything that is asked for: a failure is kept, and comes out although nobody awaits it.
      answer.catch(() => undefined);
      return answer;
    },
  };
}

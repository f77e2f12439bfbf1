import type { Connection } from "../../../dialect/connection.ts";
import type { StopSignal } from "../../../dialect/stop-signal.ts";

/** Whether a statement may be broken off: when a commit has begun, it is over before anything could be saved by that. */
const isCancellable = (sql: string): boolean => !/^\s*(?:COMMIT|ROLLBACK)\b/i.test(sql);

/**
 * A view of a connection whose running statement is cancelled when a run is asked to stop. The next statement waits until that is done, so that none is hit which was
 * not meant.
 *
 * @param cancel asks the server to cancel what the session does; where it fails, the statement goes on to its end
 */
export function cancelOnStop(
  connection: Connection,
  signal: StopSignal | undefined,
  cancel: () => Promise<void>,
): Connection {
  if (!signal) return connection;
  let cancelling: Promise<void> = Promise.resolve();
  const watch = async <Result>(sql: string, run: () => Promise<Result>): Promise<Result> => {
    await cancelling;
    if (!isCancellable(sql)) return run();
    const stop = (): void => {
      cancelling = cancel().catch(() => undefined);
    };
    signal.addEventListener("abort", stop);
    try {
      return await run();
    } finally {
      signal.removeEventListener("abort", stop);
    }
  };
  return {
    serverVersion: connection.serverVersion,
    description: connection.description,
    execute: (sql, parameters) => watch(sql, () => connection.execute(sql, parameters)),
    query: (sql, parameters) => watch(sql, () => connection.query(sql, parameters)),
    close: () => connection.close(),
  };
}

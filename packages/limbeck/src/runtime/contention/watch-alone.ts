import type { Connection } from "../../dialect/connection.ts";
import type { FailedWork } from "./explain-contention.ts";
import type { Patience } from "./run-patiently.ts";
import { watchContention } from "./watch-contention.ts";

/**
 * A connection for statements outside of any transaction: each of them gives up soon where another session is in the way, and is sent again by itself, unless
 * part of it may have taken effect.
 *
 * @param work whose statements they are
 */
export async function watchAlone(own: Connection, patience: Patience, work: FailedWork): Promise<Connection> {
  const { onRetry } = patience;
  const rules = patience.dialect.contention;
  if (!rules) return own;
  const { revision, direction } = work;
  const { connection } = await watchContention(own, {
    ...patience,
    rules: { ...rules, repeatsAlone: (sql) => !rules.mayStayInPart(sql) },
    onRetry: (retry) => onRetry({ ...retry, revision, direction }),
  });
  return connection;
}

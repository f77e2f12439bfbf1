import type { Connection } from "./connection.ts";

/** The same connection under another description, with something else to do, once, when it is closed. */
export function closeWith(connection: Connection, description: string, finish: () => Promise<void>): Connection {
  let isClosed = false;
  return {
    serverVersion: connection.serverVersion,
    description,
    execute: (sql, parameters) => connection.execute(sql, parameters),
    query: (sql, parameters) => connection.query(sql, parameters),
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await finish();
    },
  };
}

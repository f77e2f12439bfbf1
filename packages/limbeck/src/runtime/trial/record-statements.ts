import type { Connection } from "../../dialect/connection.ts";

/** A view of a connection that tells of every statement before it runs. */
export function recordStatements(connection: Connection, record: (sql: string) => void): Connection {
  return {
    serverVersion: connection.serverVersion,
    description: connection.description,
    execute: (sql, parameters) => {
      record(sql);
      return connection.execute(sql, parameters);
    },
    query: (sql, parameters) => {
      record(sql);
      return connection.query(sql, parameters);
    },
    close: () => connection.close(),
  };
}

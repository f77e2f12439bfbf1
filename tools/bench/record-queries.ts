// Prints the queries that an introspection of a database asks, as a script for the server's own client.
import { loadDialect } from "../../packages/limbeck/src/dialects/registry.ts";
import type { Connection } from "../../packages/limbeck/src/dialect/connection.ts";

const [url = ""] = process.argv.slice(2);
const dialect = await loadDialect(url);
const connection = await dialect.connect(url);
const queries: string[] = [];
const recording: Connection = {
  serverVersion: connection.serverVersion,
  description: connection.description,
  execute: (sql, parameters) => connection.execute(sql, parameters),
  query: (sql, parameters) => {
    if (parameters !== undefined && parameters.length > 0) throw new Error(`A client cannot bind values: ${sql}`);
    queries.push(sql);
    return connection.query(sql, parameters);
  },
  close: () => connection.close(),
};
await dialect.introspect(recording);
await connection.close();
process.stdout.write(queries.map((sql) => `${sql.trim()};\n`).join(""));

import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Dialect, type Kysely } from "kysely";
import type { Connection } from "../../../dialect/connection.ts";
import type { ConnectOptions, DatabaseTarget } from "../../../dialect/dialect.ts";
import { ConnectionPool } from "../../../dialect/kysely/connection-pool.ts";
import { QueryConnection, type QueryAnswer } from "../../../dialect/kysely/query-connection.ts";
import type { KyselyWays } from "../../../dialect/kysely/kysely-ways.ts";
import type { QueryRunner } from "../../../dialect/kysely/query-runner.ts";
import { connect } from "../driver/connect.ts";
import { inspectStatement } from "../driver/inspect-statement.ts";
import { readText } from "../introspect/read-catalogue.ts";
import { quoteIdentifier } from "../quote.ts";

/**
 * What Kysely tells about a statement that gave no rows. As text, because a number has no room for every id.
 * https://www.sqlite.org/lang_corefunc.html#changes
 */
async function readOutcome(runner: QueryRunner): Promise<Omit<QueryAnswer, "rows">> {
  const [row] = await runner.query(
    "SELECT CAST(changes() AS TEXT) AS changes, CAST(last_insert_rowid() AS TEXT) AS id",
  );
  const read = (column: string): bigint => BigInt(row ? readText(row, column) : 0);
  return { numAffectedRows: read("changes"), insertId: read("id") };
}

function createConnection(runner: QueryRunner, close: () => Promise<void>): QueryConnection {
  return new QueryConnection({
    answer: async ({ sql }, parameters) => {
      const rows = await runner.query(sql, parameters);
      // By the text, because raw SQL says nothing else about itself.
      const outcome = rows.length === 0 && inspectStatement(sql).changesRows ? await readOutcome(runner) : {};
      return { rows, ...outcome };
    },
    // A file is there as long as the process is.
    isLoss: () => false,
    close,
  });
}

/** Each Kysely has a driver of its own, and each driver a connection, because SQLite's transactions belong to the connection. */
function buildDialect(open: () => Promise<QueryConnection>): Dialect {
  return {
    createDriver: () => new ConnectionPool({ open, size: 1, quoteIdentifier }),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

/** A Kysely dialect that opens a connection at the first query and closes it with `destroy()`. */
function createKyselyDialect(target: DatabaseTarget, options: ConnectOptions): Dialect {
  return buildDialect(async () => {
    const connection: Connection = await connect(target, options);
    return createConnection(connection, () => connection.close());
  });
}

/** A Kysely dialect over something that is already open and stays so. */
function createBorrowedKyselyDialect(runner: QueryRunner): Dialect {
  return buildDialect(async () => createConnection(runner, () => Promise.resolve()));
}

/** SQLite's ways to Kysely. */
export const sqliteKysely: KyselyWays = { open: createKyselyDialect, borrow: createBorrowedKyselyDialect };

import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type Dialect,
  type Kysely,
  type RootOperationNode,
} from "kysely";
import type { ConnectOptions, DatabaseTarget } from "../../../dialect/dialect.ts";
import { ConnectionPool } from "../../../dialect/kysely/connection-pool.ts";
import { QueryConnection, type QueryAnswer } from "../../../dialect/kysely/query-connection.ts";
import type { KyselyWays } from "../../../dialect/kysely/kysely-ways.ts";
import type { QueryRunner } from "../../../dialect/kysely/query-runner.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import { connect } from "../driver/connect.ts";
import { isEmbeddedUrl } from "../driver/embedded-url.ts";
import { isLoss } from "../driver/is-loss.ts";
import { quoteIdentifier } from "../quote.ts";

/** As many as a pool of `pg` has. A database of PGlite has one session, and what was handed over is wanted by its owner too. */
const findSize = (target: DatabaseTarget): number => (typeof target === "string" && !isEmbeddedUrl(target) ? 10 : 1);

function buildDialect(size: number, open: () => Promise<QueryConnection>): Dialect {
  return {
    createDriver: () => new ConnectionPool({ open, size, quoteIdentifier }),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
  };
}

/** A Kysely dialect that opens connections when queries need them and closes them with `destroy()`. */
function createKyselyDialect(target: DatabaseTarget, options: ConnectOptions): Dialect {
  return buildDialect(findSize(target), async () => {
    const connection = await connect(target, options);
    return new QueryConnection({
      answer: async ({ sql }, parameters) => {
        const { rows, changes } = await connection.answer(sql, parameters);
        return { rows, ...(changes !== null && { numAffectedRows: BigInt(changes) }) };
      },
      isLoss,
      close: () => connection.close(),
    });
  });
}

const CHANGES_ROWS: ReadonlySet<RootOperationNode["kind"]> = new Set([
  "InsertQueryNode",
  "UpdateQueryNode",
  "DeleteQueryNode",
]);

/** Through `op` come rows only, so that those that a statement changes are made rows. */
async function answerThrough(
  runner: QueryRunner,
  { sql, query }: CompiledQuery,
  parameters: readonly SqlValue[],
): Promise<QueryAnswer> {
  const isCounted = CHANGES_ROWS.has(query.kind) && !("returning" in query && query.returning !== undefined);
  if (!isCounted) return { rows: await runner.query(sql, parameters) };
  const counting = `WITH changed AS (${sql} RETURNING 1) SELECT count(*) AS changes FROM changed`;
  const [row] = await runner.query(counting, parameters);
  const changes = row?.["changes"];
  return { rows: [], numAffectedRows: typeof changes === "bigint" ? changes : 0n };
}

/** A Kysely dialect over something that is already open and stays so. */
function createBorrowedKyselyDialect(runner: QueryRunner): Dialect {
  return buildDialect(
    1,
    async () =>
      new QueryConnection({
        answer: (query, parameters) => answerThrough(runner, query, parameters),
        isLoss: () => false,
        close: () => Promise.resolve(),
      }),
  );
}

/** PostgreSQL's ways to Kysely. */
export const postgresKysely: KyselyWays = { open: createKyselyDialect, borrow: createBorrowedKyselyDialect };

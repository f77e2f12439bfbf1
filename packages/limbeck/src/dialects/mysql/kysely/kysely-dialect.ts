import {
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  type CompiledQuery,
  type Dialect,
  type Kysely,
} from "kysely";
import type { Row } from "../../../dialect/connection.ts";
import type { ConnectOptions, DatabaseTarget } from "../../../dialect/dialect.ts";
import { ConnectionPool } from "../../../dialect/kysely/connection-pool.ts";
import type { KyselyWays } from "../../../dialect/kysely/kysely-ways.ts";
import { QueryConnection, type QueryAnswer } from "../../../dialect/kysely/query-connection.ts";
import type { QueryRunner } from "../../../dialect/kysely/query-runner.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import { connect } from "../driver/connect.ts";
import { isLoss } from "../driver/is-loss.ts";
import { quoteIdentifier } from "../quote.ts";

/** As many as a pool of `mysql2` has. What was handed over is wanted by its owner too. */
const findSize = (target: DatabaseTarget): number => (typeof target === "string" ? 10 : 1);

function buildDialect(size: number, open: () => Promise<QueryConnection>): Dialect {
  return {
    createDriver: () => new ConnectionPool({ open, size, quoteIdentifier }),
    createQueryCompiler: () => new MysqlQueryCompiler(),
    createAdapter: () => new MysqlAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new MysqlIntrospector(db),
  };
}

/** The answer in Kysely's words; a statement that finds rows changes none. */
const toAnswer = (rows: readonly Row[], changes: number, insertId: bigint): QueryAnswer => ({
  rows,
  ...(rows.length === 0 && { numAffectedRows: BigInt(changes) }),
  ...(insertId !== 0n && { insertId }),
});

/** A Kysely dialect that opens connections when queries need them and closes them with `destroy()`. */
function createKyselyDialect(target: DatabaseTarget, options: ConnectOptions): Dialect {
  return buildDialect(findSize(target), async () => {
    const connection = await connect(target, options);
    return new QueryConnection({
      answer: async ({ sql }, parameters) => {
        const { rows, changes, insertId } = await connection.answer(sql, parameters);
        return toAnswer(rows, changes, insertId);
      },
      isLoss,
      close: () => connection.close(),
    });
  });
}

const toBigInt = (value: SqlValue | undefined): bigint =>
  typeof value === "bigint" || typeof value === "number" ? BigInt(value) : 0n;

/** Through `op` come rows only; how many a statement has changed, and which number it has given, the session is asked afterwards. */
async function answerThrough(
  runner: QueryRunner,
  { sql, query }: CompiledQuery,
  parameters: readonly SqlValue[],
): Promise<QueryAnswer> {
  if (query.kind === "SelectQueryNode") return { rows: await runner.query(sql, parameters) };
  // It would tell the number of an earlier statement.
  if (query.kind === "InsertQueryNode") await runner.query("SELECT LAST_INSERT_ID(0) AS id");
  const rows = await runner.query(sql, parameters);
  const [row] = await runner.query("SELECT ROW_COUNT() AS changes, LAST_INSERT_ID() AS id");
  const insertId = query.kind === "InsertQueryNode" ? toBigInt(row?.["id"]) : 0n;
  return toAnswer(rows, Math.max(0, Number(toBigInt(row?.["changes"]))), insertId);
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

/** The ways to Kysely of MySQL and MariaDB. */
export const mysqlKysely: KyselyWays = { open: createKyselyDialect, borrow: createBorrowedKyselyDialect };

import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import type { SqlValue } from "../../../ops/operation.ts";
import type { QueryRunner } from "./query-runner.ts";

const CHANGING: ReadonlySet<string> = new Set([
  "InsertQueryNode",
  "UpdateQueryNode",
  "DeleteQueryNode",
  "MergeQueryNode",
]);

/** What Kysely tells about a statement that gave no rows. https://www.sqlite.org/lang_corefunc.html#changes */
async function readOutcome(
  runner: QueryRunner,
): Promise<{ readonly numAffectedRows: bigint; readonly insertId: bigint }> {
  const [row] = await runner.query("SELECT changes() AS changes, last_insert_rowid() AS id");
  return { numAffectedRows: BigInt(Number(row?.["changes"] ?? 0)), insertId: BigInt(Number(row?.["id"] ?? 0)) };
}

/** A Kysely connection over a Limbeck one: values go and come through the codec. */
export class QueryConnection implements DatabaseConnection {
  readonly #runner: QueryRunner;

  constructor(runner: QueryRunner) {
    this.#runner = runner;
  }

  async executeQuery<Result>(compiled: CompiledQuery): Promise<QueryResult<Result>> {
    // Kysely types parameters as unknown; the codec refuses what it cannot write.
    const rows = await this.#runner.query(compiled.sql, compiled.parameters as readonly SqlValue[]);
    const outcome = rows.length === 0 && CHANGING.has(compiled.query.kind) ? await readOutcome(this.#runner) : {};
    // The caller's Result comes from its Database type, which nothing can check at run time.
    return { rows: rows as Result[], ...outcome };
  }

  async *streamQuery<Result>(compiled: CompiledQuery): AsyncIterableIterator<QueryResult<Result>> {
    yield await this.executeQuery<Result>(compiled);
  }
}

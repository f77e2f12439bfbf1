import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import type { SqlValue } from "../../../ops/operation.ts";
import { inspectStatement } from "../driver/inspect-statement.ts";
import { readText } from "../introspect/read-catalogue.ts";
import type { QueryRunner } from "./query-runner.ts";

/**
 * What Kysely tells about a statement that gave no rows. As text, because a number has no room for every id.
 * https://www.sqlite.org/lang_corefunc.html#changes
 */
async function readOutcome(
  runner: QueryRunner,
): Promise<{ readonly numAffectedRows: bigint; readonly insertId: bigint }> {
  const [row] = await runner.query(
    "SELECT CAST(changes() AS TEXT) AS changes, CAST(last_insert_rowid() AS TEXT) AS id",
  );
  const read = (column: string): bigint => BigInt(row ? readText(row, column) : 0);
  return { numAffectedRows: read("changes"), insertId: read("id") };
}

/** A Kysely connection over a Limbeck one: values go and come through the codec. */
export class QueryConnection implements DatabaseConnection {
  readonly #runner: QueryRunner;

  constructor(runner: QueryRunner) {
    this.#runner = runner;
  }

  async executeQuery<Result>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Result>> {
    // Kysely types parameters as unknown; the codec refuses what it cannot write.
    const rows = await this.#runner.query(sql, parameters as readonly SqlValue[]);
    // By the text, because raw SQL says nothing else about itself.
    const outcome = rows.length === 0 && inspectStatement(sql).changesRows ? await readOutcome(this.#runner) : {};
    // The caller's Result comes from its Database type, which nothing can check at run time.
    return { rows: rows as Result[], ...outcome };
  }

  async *streamQuery<Result>(compiled: CompiledQuery): AsyncIterableIterator<QueryResult<Result>> {
    yield await this.executeQuery<Result>(compiled);
  }
}

import type { CompiledQuery, QueryResult } from "kysely";
import type { SqlValue } from "../../ops/operation.ts";
import type { Row } from "../connection.ts";
import type { PooledConnection } from "./connection-pool.ts";

/** What a statement answers, in Kysely's words. */
export interface QueryAnswer {
  readonly rows: readonly Row[];
  readonly numAffectedRows?: bigint;
  readonly insertId?: bigint;
}

/** How an engine carries out Kysely's queries. */
export interface QueryEnd {
  readonly answer: (query: CompiledQuery, parameters: readonly SqlValue[]) => Promise<QueryAnswer>;
  /** Whether an error says that the connection is lost. */
  readonly isLoss: (error: unknown) => boolean;
  readonly close: () => Promise<void>;
}

/** A Kysely connection over one of ours, or over `op`: values go and come through the codec. */
export class QueryConnection implements PooledConnection {
  readonly #end: QueryEnd;
  isLost = false;

  constructor(end: QueryEnd) {
    this.#end = end;
  }

  async executeQuery<Result>(query: CompiledQuery): Promise<QueryResult<Result>> {
    try {
      // Kysely types parameters as unknown; the codec refuses what it cannot write.
      const { rows, ...outcome } = await this.#end.answer(query, query.parameters as readonly SqlValue[]);
      // The caller's Result comes from its Database type, which nothing can check at run time.
      return { rows: rows as Result[], ...outcome };
    } catch (error) {
      if (this.#end.isLoss(error)) this.isLost = true;
      throw error;
    }
  }

  async *streamQuery<Result>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Result>> {
    yield await this.executeQuery<Result>(query);
  }

  close(): Promise<void> {
    return this.#end.close();
  }
}

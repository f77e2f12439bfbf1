import type { Dialect } from "kysely";
import type { ConnectOptions, DatabaseTarget } from "../dialect.ts";
import type { QueryRunner } from "./query-runner.ts";

/** How an engine serves Kysely. */
export interface KyselyWays {
  /** Over connections that are opened when they are needed, or over an open database object. */
  readonly open: (target: DatabaseTarget, options: ConnectOptions) => Dialect;
  /** Over something that is open already and stays so: `op`. */
  readonly borrow: (runner: QueryRunner) => Dialect;
}

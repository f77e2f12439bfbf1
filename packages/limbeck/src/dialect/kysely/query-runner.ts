import type { Row } from "../connection.ts";
import type { SqlValue } from "../../ops/operation.ts";

/** The part of a connection, or of `op`, that Kysely's queries go through. */
export interface QueryRunner {
  query(sql: string, parameters?: readonly SqlValue[]): Promise<readonly Row[]>;
}

import type { TransactionRules } from "../../dialect/dialect.ts";
import { COMMIT_BOUNDARY } from "./commit-boundary.ts";

/** DDL is part of PostgreSQL's transactions, so a revision commits whole or not at all. https://www.postgresql.org/docs/current/sql-begin.html */
export const TRANSACTION: TransactionRules = {
  prologue: [],
  begin: { sql: "BEGIN" },
  commit: { sql: "COMMIT" },
  rollback: { sql: "ROLLBACK" },
  commitBoundary: COMMIT_BOUNDARY,
  epilogue: [],
};

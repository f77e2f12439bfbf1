import type { TransactionRules } from "../../dialect/dialect.ts";

/** DDL is part of PostgreSQL's transactions, so a revision commits whole or not at all. https://www.postgresql.org/docs/current/sql-begin.html */
export const TRANSACTION: TransactionRules = {
  prologue: [],
  begin: { sql: "BEGIN" },
  commit: { sql: "COMMIT" },
  rollback: { sql: "ROLLBACK" },
  epilogue: [],
};

import type { TransactionRules } from "../../dialect/dialect.ts";
import { commitsImplicitly } from "./split-script.ts";

/**
 * Changes of rows are part of a transaction; every change of the schema commits it, and itself. Without `autocommit` the next one begins at once, so that rows
 * which are written after a change of the schema can be taken back as well. https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/
 */
export const TRANSACTION: TransactionRules = {
  prologue: [{ sql: "SET SESSION autocommit = 0", isAuxiliary: true }],
  begin: { sql: "START TRANSACTION" },
  commit: { sql: "COMMIT" },
  rollback: { sql: "ROLLBACK" },
  epilogue: [{ sql: "SET SESSION autocommit = 1", isAuxiliary: true }],
  commitsImplicitly,
};

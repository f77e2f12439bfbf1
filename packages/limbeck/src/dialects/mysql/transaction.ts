import type { TransactionRules } from "../../dialect/dialect.ts";
import { commitsImplicitly } from "./split-script.ts";

/** Changes of rows are part of a transaction; every change of the schema commits it, and itself. https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/ */
export const TRANSACTION: TransactionRules = {
  prologue: [],
  begin: { sql: "START TRANSACTION" },
  commit: { sql: "COMMIT" },
  rollback: { sql: "ROLLBACK" },
  epilogue: [],
  commitsImplicitly,
};

import type { UsualPatience } from "../../dialect/contention-rules.ts";
import type { TransactionRules } from "../../dialect/dialect.ts";
import { findResultCode, RESULT_CODES } from "./database-errors.ts";
import { LEGACY_RENAME_OFF } from "./compile/rebuild.ts";

/**
 * DDL is part of SQLite's transactions, so a revision commits whole or not at all. Foreign keys cannot be switched inside a
 * transaction, and have to be off while tables are rebuilt: `DROP TABLE` deletes its rows first, and enforced keys would
 * cascade from there. https://www.sqlite.org/foreignkeys.html#fk_schemacommands
 */
export const TRANSACTION: TransactionRules = {
  prologue: [{ sql: "PRAGMA foreign_keys=OFF" }, LEGACY_RENAME_OFF],
  // Taking the write lock at once means that no statement half-way can find the database busy.
  begin: { sql: "BEGIN IMMEDIATE" },
  commit: { sql: "COMMIT" },
  rollback: { sql: "ROLLBACK" },
  isBusy: (error) => findResultCode(error) === RESULT_CODES.busy,
  // A revision that failed in the middle of a rebuild leaves legacy renames switched on: a rollback does not undo a PRAGMA.
  epilogue: [LEGACY_RENAME_OFF, { sql: "PRAGMA foreign_keys=ON" }],
};

/** Who asks for the write lock again and again keeps nobody waiting meanwhile, so that one long try is as good as many. */
export const PATIENCE: UsualPatience = { lockTimeout: 10_000, tries: 1 };

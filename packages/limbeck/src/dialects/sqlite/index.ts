import type { Dialect } from "../../dialect/dialect.ts";
import { OLDEST_VERSION } from "./capabilities.ts";
import { COMPILE, NEEDS_SCHEMA } from "./compile/compile-operations.ts";
import { blamesRows, describeDatabaseError } from "./database-errors.ts";
import { describeNarrowing, findNarrowed } from "./describe-narrowing.ts";
import { sqliteDiffRules } from "./diff-rules.ts";
import { connect } from "./driver/connect.ts";
import { identifyConnection } from "./driver/existing-database.ts";
import { findHolder } from "./driver/acquire-lock.ts";
import { lockDatabase } from "./driver/lock-database.ts";
import { openCopy } from "./driver/open-copy.ts";
import { openScratch } from "./driver/open-scratch.ts";
import { SQLITE_SCHEMES } from "./driver/parse-url.ts";
import { resolveUrl } from "./driver/resolve-url.ts";
import { findBroken } from "./find-broken.ts";
import { createSchemaReader } from "./create-schema-reader.ts";
import { findMisfit } from "./find-misfit.ts";
import { takeFingerprint } from "./fingerprint/take-fingerprint.ts";
import { hasTable, introspect } from "./introspect/introspect.ts";
import { JOURNAL } from "./journal.ts";
import { quoteIdentifier, quoteLiteral } from "./quote.ts";
import { REFERENCES } from "./references.ts";
import { ROWS } from "./rows/row-rules.ts";
import { renderScriptLimits, renderScriptStatement, SCRIPT_HEADER } from "./script.ts";
import { SESSION } from "./session.ts";
import { splitScript } from "./split-script.ts";
import { DRIZZLE } from "./drizzle.ts";
import { PATIENCE, TRANSACTION } from "./transaction.ts";
import { parseType, renderType } from "./types.ts";

/** SQLite, through the driver that is built into Node unless another is asked for. */
export const sqlite: Dialect = {
  name: "sqlite",
  schemes: SQLITE_SCHEMES,
  quoteIdentifier,
  quoteName: quoteIdentifier,
  quoteLiteral,
  placeholder: () => "?",
  // A column may be NOCASE.
  differsFromText: (column, placeholder) => `${column} <> ${placeholder} COLLATE BINARY`,
  types: { render: renderType, parse: parseType },
  hasPartialIndexes: true,
  needsSchema: NEEDS_SCHEMA,
  compile: COMPILE,
  introspect: (connection) => introspect(connection),
  takeFingerprint,
  createSchemaReader,
  rows: ROWS,
  hasTable,
  describeNarrowing,
  findNarrowed,
  findMisfit,
  diffRules: sqliteDiffRules,
  drizzle: DRIZZLE,
  transaction: TRANSACTION,
  journal: JOURNAL,
  references: REFERENCES,
  findBroken,
  session: SESSION,
  patience: PATIENCE,
  renderScriptLimits,
  oldestVersion: OLDEST_VERSION,
  scriptHeader: SCRIPT_HEADER,
  renderScriptStatement,
  splitScript,
  connect,
  identifyConnection,
  openScratch,
  // It keeps what was written.
  spellsAlike: () => true,
  openCopy,
  acquireLock: lockDatabase,
  findRun: async (_, target) => findHolder(target),
  resolveUrl,
  // The URL of a file holds no password.
  redactUrl: (url) => url,
  describeDatabaseError,
  blamesRows,
};

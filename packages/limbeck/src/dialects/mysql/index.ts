import type { Dialect } from "../../dialect/dialect.ts";
import { OLDEST_VERSION, spellsAlike } from "./capabilities.ts";
import { nameLockTable } from "./cluster/lock-row.ts";
import { COMPILE, NEEDS_SCHEMA } from "./compile/compile-operations.ts";
import { CONTENTION, listLimits, PATIENCE } from "./contention.ts";
import { createSchemaReader } from "./create-schema-reader.ts";
import { blamesRows, describeDatabaseError } from "./database-errors.ts";
import { describeNarrowing, findNarrowed } from "./describe-narrowing.ts";
import { mysqlDiffRules } from "./diff-rules.ts";
import { DRIZZLE } from "./drizzle.ts";
import { acquireLock, findRun } from "./driver/acquire-lock.ts";
import { connect } from "./driver/connect.ts";
import { identifyConnection } from "./driver/existing/use-existing.ts";
import { openCopy } from "./driver/open-copy.ts";
import { tellsLoss } from "./driver/is-loss.ts";
import { openScratch } from "./driver/open-scratch.ts";
import { checkUrl, MYSQL_SCHEMES, redactUrl } from "./driver/parse-url.ts";
import { findMisfit } from "./find-misfit.ts";
import { losesFormerRows } from "./former-rows.ts";
import { takeFingerprint } from "./fingerprint/take-fingerprint.ts";
import { hasTable, introspect } from "./introspect/introspect.ts";
import { JOURNAL } from "./journal/journal.ts";
import { quoteIdentifier, quoteLiteral } from "./quote.ts";
import { readSettings } from "./read-settings.ts";
import { respellSchema } from "./respell-schema.ts";
import { REPLICAS } from "./replicas/replica-rules.ts";
import { ROWS } from "./rows/row-rules.ts";
import { renderScriptStatement, SCRIPT_HEADER } from "./script.ts";
import { SESSION } from "./session.ts";
import { splitScript } from "./split-script.ts";
import { TRANSACTION } from "./transaction.ts";
import { parseType, renderType } from "./types.ts";

/** MariaDB and MySQL, through the npm packages `mysql2` and `mariadb`. */
export const mysql: Dialect = {
  name: "mysql",
  schemes: MYSQL_SCHEMES,
  quoteIdentifier,
  quoteName: quoteIdentifier,
  quoteLiteral,
  placeholder: () => "?",
  // Most collations take no notice of case, and some none of blanks at the end; bytes of one character set are the same for all.
  differsFromText: (column, placeholder) =>
    `CAST(CONVERT(${column} USING utf8mb4) AS BINARY) <> CAST(CONVERT(${placeholder} USING utf8mb4) AS BINARY)`,
  types: { render: (type) => renderType(type), parse: parseType },
  respells: true,
  uniqueIsIndex: true,
  hasPartialIndexes: false,
  needsSchema: NEEDS_SCHEMA,
  compile: COMPILE,
  introspect,
  takeFingerprint,
  createSchemaReader,
  rows: ROWS,
  hasTable,
  describeNarrowing,
  findNarrowed,
  losesFormerRows,
  findMisfit,
  diffRules: mysqlDiffRules,
  drizzle: DRIZZLE,
  transaction: TRANSACTION,
  journal: JOURNAL,
  patience: PATIENCE,
  contention: CONTENTION,
  replicas: REPLICAS,
  renderScriptLimits: (limits) => listLimits(limits).map((setting) => `SET ${setting};`),
  session: SESSION,
  oldestVersion: OLDEST_VERSION,
  scriptHeader: SCRIPT_HEADER,
  renderScriptStatement,
  splitScript,
  connect,
  identifyConnection,
  openScratch,
  respellSchema,
  readSettings,
  // In seconds on MariaDB; MySQL counts otherwise, and reads the comment only. https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html
  limitTime: (milliseconds) =>
    `SET /*M! SESSION max_statement_time = ${milliseconds / 1000}, */ SESSION lock_wait_timeout = ${Math.ceil(milliseconds / 1000)}`,
  spellsAlike,
  openCopy,
  acquireLock,
  findRun,
  nameLockTable,
  // No part of the URL of a server counts from a folder.
  resolveUrl: (url) => checkUrl(url),
  redactUrl,
  describeDatabaseError,
  blamesRows,
  tellsLoss,
};

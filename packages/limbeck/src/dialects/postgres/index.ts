import type { Dialect } from "../../dialect/dialect.ts";
import { BELONGINGS } from "./belongings.ts";
import { OLDEST_VERSION, spellsAlike } from "./capabilities.ts";
import { COMPILE, NEEDS_SCHEMA } from "./compile/compile-operations.ts";
import { CONTENTION, PATIENCE, renderScriptLimits } from "./contention.ts";
import { createSchemaReader } from "./create-schema-reader.ts";
import { adviseOnStatement } from "./advise-on-statement.ts";
import { blamesRows, describeDatabaseError } from "./database-errors.ts";
import { describeNarrowing, findNarrowed } from "./values/describe-narrowing.ts";
import { resolveDomain } from "./values/resolve-domain.ts";
import { postgresDiffRules } from "./diff-rules.ts";
import { acquireLock, findRun } from "./driver/acquire-lock.ts";
import { connect } from "./driver/connect.ts";
import { openCopy } from "./driver/open-copy.ts";
import { tellsLoss } from "./driver/is-loss.ts";
import { openScratch, openStandIn } from "./driver/open-scratch.ts";
import { namesOneSchema, POSTGRES_SCHEMES, redactUrl, resolveUrl } from "./driver/database-url.ts";
import { identifyConnection } from "./driver/existing/use-existing.ts";
import { findMisfit } from "./find-misfit.ts";
import { takeFingerprint } from "./fingerprint/take-fingerprint.ts";
import { hasTable, introspect } from "./introspect/introspect.ts";
import { quoteName } from "./names.ts";
import { renderPlaceholder } from "./placeholder.ts";
import { JOURNAL } from "./journal/journal.ts";
import { quoteIdentifier, quoteLiteral } from "./quote.ts";
import { readSettings } from "./read-settings.ts";
import { respellSchema } from "./respell-schema.ts";
import { REPLICAS } from "./replicas/replica-rules.ts";
import { ROWS } from "./rows/row-rules.ts";
import { readScriptSettings, renderScriptStatement, SCRIPT_HEADER } from "./script.ts";
import { SESSION } from "./session.ts";
import { splitScript } from "./split-script.ts";
import { DRIZZLE } from "./drizzle.ts";
import { TRANSACTION } from "./transaction.ts";
import { parseType, renderType } from "./types.ts";

/** PostgreSQL: a server, through the npm package `pg` unless another is asked for, or PGlite in this process. */
export const postgres: Dialect = {
  name: "postgres",
  schemes: POSTGRES_SCHEMES,
  quoteIdentifier,
  quoteName,
  quoteLiteral,
  placeholder: renderPlaceholder,
  types: { render: renderType, parse: parseType },
  respells: true,
  hasPartialIndexes: true,
  needsSchema: NEEDS_SCHEMA,
  compile: COMPILE,
  introspect,
  namesOneSchema,
  takeFingerprint,
  createSchemaReader,
  rows: ROWS,
  hasTable,
  describeNarrowing,
  findNarrowed,
  resolveType: resolveDomain,
  findMisfit,
  diffRules: postgresDiffRules,
  drizzle: DRIZZLE,
  transaction: TRANSACTION,
  journal: JOURNAL,
  patience: PATIENCE,
  contention: CONTENTION,
  replicas: REPLICAS,
  renderScriptLimits,
  session: SESSION,
  belongings: BELONGINGS,
  oldestVersion: OLDEST_VERSION,
  scriptHeader: SCRIPT_HEADER,
  readScriptSettings,
  renderScriptStatement,
  splitScript,
  connect,
  identifyConnection,
  openScratch,
  openStandIn,
  respellSchema,
  readSettings,
  limitTime: (milliseconds) => `SET statement_timeout = ${milliseconds}`,
  spellsAlike,
  openCopy,
  acquireLock,
  findRun,
  resolveUrl,
  redactUrl,
  describeDatabaseError,
  blamesRows,
  adviseOnStatement,
  tellsLoss,
};

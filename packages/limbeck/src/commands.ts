/**
 * `limbeck/commands`: every command as a function that returns data, and the errors they throw.
 *
 * @module
 */
export { createLimbeck } from "./commands/create-limbeck.ts";
export type { Limbeck } from "./commands/create-limbeck.ts";
export { ready } from "./commands/ready.ts";
export { openEnvironment } from "./commands/environment.ts";
export type { Environment, EnvironmentOverrides } from "./commands/environment.ts";
export { branches } from "./commands/branches.ts";
export { checkSingleHead } from "./commands/check-single-head.ts";
export { check } from "./commands/check.ts";
export { current } from "./commands/current.ts";
export { diff } from "./commands/diff.ts";
export { downgrade, previewDowngrade, scriptDowngrade } from "./commands/downgrade.ts";
export { ensureVersion, scriptEnsureVersion } from "./commands/ensure-version.ts";
export { explain, listErrors } from "./commands/explain.ts";
export { heads } from "./commands/heads.ts";
export { history } from "./commands/history.ts";
export { init, listTemplates } from "./commands/init.ts";
export { inspect } from "./commands/inspect.ts";
export { pull } from "./commands/pull.ts";
export { resolve } from "./commands/resolve.ts";
export { reset } from "./commands/reset.ts";
export { adoptDatabase } from "./commands/adopt-database.ts";
export { createRevision } from "./commands/revision.ts";
export type {
  LearnHost,
  LearnLook,
  LearnOutcome,
  LearnPackage,
  LearnRequest,
  LearnTone,
} from "./commands/learn-package.ts";
export { parseSide } from "./commands/sides/side.ts";
export type { Side } from "./commands/sides/side.ts";
export { updateSchemaFile } from "./commands/schema-file/schema-file.ts";
export type { SchemaFileResult } from "./commands/schema-file/schema-file.ts";
export { seed } from "./commands/seed/seed.ts";
export type { EnsuredRows, SeedOperations, SeedRow } from "./commands/seed/seed-operations.ts";
export { show } from "./commands/show.ts";
export { scriptStamp, stamp } from "./commands/stamp.ts";
export { merge } from "./commands/merge.ts";
export { rebase } from "./commands/rebase.ts";
export { squash } from "./commands/squash.ts";
export { status } from "./commands/status.ts";
export { verify } from "./commands/verify.ts";
export type {
  ErrorReport,
  StreamDirection,
  StreamEvent,
  StreamLine,
  StreamRevision,
} from "./commands/stream/stream-line.ts";
export { upgradeAll } from "./commands/tenants/upgrade-all.ts";
export { testRevisions } from "./commands/test-revisions.ts";
export { previewUpgrade, scriptUpgrade, upgrade } from "./commands/upgrade.ts";

export { BugError } from "./kernel/errors/bug-errors.ts";
export { CommandError } from "./kernel/errors/command-errors.ts";
export { ConfigError } from "./kernel/errors/config-errors.ts";
export { ConnectionError } from "./kernel/errors/connection-errors.ts";
export { DiffError } from "./kernel/errors/diff-errors.ts";
export { ExecutionError } from "./kernel/errors/execution-errors.ts";
export { HistoryError } from "./kernel/errors/history-errors.ts";
export { DriftError } from "./kernel/errors/drift-errors.ts";
export { JournalError } from "./kernel/errors/journal-errors.ts";
export { LearnError, learnErrors } from "./kernel/errors/learn-errors.ts";
export { quoteWord } from "./kernel/quote-word.ts";
export { LockError } from "./kernel/errors/lock-errors.ts";
export { OperationError } from "./kernel/errors/operation-errors.ts";
export { ProofError } from "./kernel/errors/proof-errors.ts";
export { ScriptError } from "./kernel/errors/script-errors.ts";
export { SeedError } from "./kernel/errors/seed-errors.ts";
export { SourceError } from "./kernel/errors/source-errors.ts";
export { UsageError } from "./kernel/errors/usage-errors.ts";

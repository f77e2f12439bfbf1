import type { UnmanagedObject } from "../dialect/dialect.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import { reverseOperation } from "../ops/reverse/reverse-operation.ts";
import type { Operation } from "../ops/operation.ts";
import { proveRevision } from "../runtime/prove-revision.ts";
import type { RevisionFunction } from "../runtime/run-revision.ts";
import { loadRevisionText } from "../scripts/load-revision.ts";
import type { RevisionFormat } from "../scripts/plan-file.ts";
import type { LoadedRevision } from "../scripts/revision-body.ts";
import { EMPTY_SCHEMA } from "../schema/model/schema.ts";
import { compareWithModels, type Comparison, type RenameAnswers } from "./compare.ts";
import { describeChanges, describeLosses, type ChangeDescription } from "./describe-changes.ts";
import type { Environment } from "./environment.ts";
import { planRevisionFile, type PlannedFile } from "./plan-revision-file.ts";
import { readProject, type Project } from "./project.ts";
import { readDatabase } from "./with-database.ts";

/** What `revision` is asked for. */
export interface RevisionOptions extends RenameAnswers {
  /** One line about the change; it becomes part of the file's name. */
  readonly message: string;
  /** Fill both functions with the difference between models and database. Default false: they are left to you. */
  readonly autogenerate?: boolean;
  /** The id, instead of a new one. */
  readonly revisionId?: string;
  /** What the file is written in. Default `ts`. */
  readonly format?: RevisionFormat;
  /** Write a file also when autogenerate finds no difference. Default false. */
  readonly emptyOk?: boolean;
}

/** The file that `revision` wrote. */
export interface RevisionResult {
  /** Absolute path. */
  readonly path: string;
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly changes: readonly ChangeDescription[];
  /** What the downgrade cannot give back, and what else the reader should know. */
  readonly notes: readonly string[];
  /** What the database holds that the models cannot say; it was left alone. */
  readonly unmanaged: readonly UnmanagedObject[];
  /** `proven`: up, down and up again gave the right schema on a scratch database. */
  readonly proof: "proven" | "not needed";
}

/** What stands for a comparison where a revision is written by hand. */
const compareNothing = ({ dialect }: Environment): Comparison => ({
  serverVersion: dialect.oldestVersion,
  rules: dialect.diffRules,
  current: EMPTY_SCHEMA,
  target: EMPTY_SCHEMA,
  leftAlone: { views: [], triggers: [] },
  operations: [],
  unmanaged: [],
});

function reverseAll(operations: readonly Operation[]): readonly Operation[] {
  return operations.toReversed().map(reverseOperation);
}

function requireUpToDate(project: Project, rows: readonly string[]): void {
  const { heads } = project.graph;
  const isUpToDate = project.graph.planUpgrade(rows, "heads").steps.length === 0;
  if (!isUpToDate) throw commandErrors.databaseNotUpToDate({ current: rows, heads });
}

async function compareAtHead(environment: Environment, project: Project, answers: RenameAnswers): Promise<Comparison> {
  return readDatabase(environment, async (connection) => {
    requireUpToDate(project, await environment.versions.readHeads(connection));
    return compareWithModels(environment, connection, answers);
  });
}

function toFunction(file: PlannedFile, module: LoadedRevision, direction: "upgrade" | "downgrade"): RevisionFunction {
  return { revision: file.revision, direction, path: file.path, run: module[direction] ?? (() => undefined) };
}

async function prove(environment: Environment, file: PlannedFile, comparison: Comparison): Promise<void> {
  const { dialect, config } = environment;
  const module = await loadRevisionText(file.path, file.source, dialect.splitScript);
  await proveRevision({
    dialect,
    convention: config.namingConvention,
    serverVersion: comparison.serverVersion,
    current: comparison.current,
    target: comparison.target,
    rules: comparison.rules,
    leftAlone: comparison.leftAlone,
    unmanaged: comparison.unmanaged,
    upgrade: toFunction(file, module, "upgrade"),
    downgrade: toFunction(file, module, "downgrade"),
  });
}

/**
 * Writes a new revision file on top of the current head. With autogenerate the file is first run up, down and up again on a
 * scratch copy of the schema; when that fails, nothing is written.
 *
 * @throws CommandError when the database is behind, or nothing differs
 * @throws ProofError when the revision does not do what it should
 */
export async function createRevision(environment: Environment, options: RevisionOptions): Promise<RevisionResult> {
  const project = readProject(environment);
  const comparison = options.autogenerate
    ? await compareAtHead(environment, project, options)
    : compareNothing(environment);
  const { operations, unmanaged } = comparison;
  if (options.autogenerate && operations.length === 0 && !options.emptyOk) {
    throw commandErrors.nothingToGenerate({ tables: comparison.target.tables.length });
  }
  const downgrade = reverseAll(operations);
  const { dialect } = environment;
  const notes = [...describeLosses(operations, "upgrade", dialect), ...describeLosses(downgrade, "downgrade", dialect)];
  const file = await planRevisionFile(environment, project, {
    message: options.message,
    ...(options.revisionId !== undefined && { revisionId: options.revisionId }),
    format: options.format ?? "ts",
    upgrade: operations,
    downgrade,
    start: { schema: comparison.current, unmanaged },
    notes,
  });
  const needsProof = operations.length > 0;
  if (needsProof) await prove(environment, file, comparison);
  file.write();
  return {
    path: file.path,
    revision: file.revision,
    downRevision: file.downRevision,
    changes: describeChanges(operations, environment.dialect),
    notes,
    unmanaged,
    proof: needsProof ? "proven" : "not needed",
  };
}

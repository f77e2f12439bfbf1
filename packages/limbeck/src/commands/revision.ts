import { commandErrors } from "../kernel/errors/command-errors.ts";
import { knowTypes } from "../ops/describe/know-types.ts";
import { reverseOperation } from "../ops/reverse/reverse-operation.ts";
import { NOTHING_UNNAMED } from "../diff/find-unnamed.ts";
import type { Operation } from "../ops/operation.ts";
import { requireFreeId } from "../scripts/plan-file.ts";
import type { HookReport } from "../scripts/hooks/run-hooks.ts";
import { EMPTY_SCHEMA } from "../schema/model/schema.ts";
import {
  compare,
  NO_ASIDES,
  pickAsides,
  type Asides,
  type Comparison,
  type ComparisonRequest,
  type Unproven,
} from "./compare.ts";
import { describeChanges, describeLosses, type ChangeDescription } from "./describe-changes.ts";
import { describeUnnamedDrops } from "./describe-unnamed-drops.ts";
import type { Environment } from "./environment.ts";
import { adviseMissing, describeMissing } from "./find-missing.ts";
import { describeNeeds, makeSafe, makeWayBackSafe } from "./needs/make-safe.ts";
import { joinSoftDeletes } from "./soft-delete/join-soft-deletes.ts";
import { describeSoftDeletes } from "./soft-delete/describe-soft-deletes.ts";
import { requireKnown } from "./migrate.ts";
import { placeRevision } from "./placement/place-revision.ts";
import { planRevisionFile, type PlannedFile } from "./plan-revision-file.ts";
import { proveOrSay } from "./prove-or-say.ts";
import { proveAfterHooks } from "./prove-after-hooks.ts";
import { processGenerated, type ProcessedRevision } from "./process-generated.ts";
import { provePlannedFile } from "./prove-planned-file.ts";
import { readProject, type Project } from "./project.ts";
import { readWhole } from "./require-whole.ts";
import type { RevisionOptions } from "./revision-options.ts";
import { DATABASE, writeGenerateCommand } from "./sides/side.ts";

/** Rows that stop an upgrade. */
export interface RowNeed {
  readonly table: string;
  /** What is wrong with them: `have NULL in title`. */
  readonly fault: string;
  /** How many there are now; absent where nobody has counted. */
  readonly rows?: number;
}

/** The file that `revision` wrote. */
export interface RevisionResult extends Asides {
  /** Absolute path. */
  readonly path: string;
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** The newest revision of every branch now, this one included. */
  readonly heads: readonly string[];
  readonly changes: readonly ChangeDescription[];
  /** What the downgrade cannot give back, and what else the reader should know. */
  readonly notes: readonly string[];
  /** What rows have to be like before the upgrade can pass, and how many are not now. */
  readonly needs: readonly RowNeed[];
  /** `proven`: up, down and up again gave the right schema on a scratch database. `unproven`: no scratch database can be had; `unproven.reason` says why. */
  readonly proof: "proven" | "unproven" | "not needed";
  /** The hooks of the config that ran on the file, and what they wrote. */
  readonly hooks: readonly HookReport[];
}

/** What stands for a comparison where a revision is written by hand. */
const compareNothing = ({ dialect }: Environment): Comparison => ({
  from: "",
  to: "",
  serverVersion: dialect.oldestVersion,
  rules: dialect.diffRules,
  current: EMPTY_SCHEMA,
  target: EMPTY_SCHEMA,
  leftAlone: NOTHING_UNNAMED,
  unnamedDrops: [],
  operations: [],
  softDeletes: new Map(),
  ...NO_ASIDES,
});

function reverseAll(operations: readonly Operation[]): readonly Operation[] {
  return operations.toReversed().map(reverseOperation);
}

/** @throws CommandError (databaseNotUpToDate) where revisions are pending */
export function requireUpToDate(project: Project, rows: readonly string[]): void {
  const { heads } = project.graph;
  requireKnown(project, rows);
  const isUpToDate = project.graph.planUpgrade(rows, "heads").steps.length === 0;
  if (!isUpToDate) throw commandErrors.databaseNotUpToDate({ current: rows, heads });
}

async function compareAtHead(
  environment: Environment,
  project: Project,
  options: ComparisonRequest,
): Promise<Comparison> {
  const { from = DATABASE } = options;
  if (from.kind === "database") {
    requireUpToDate(project, await readWhole(environment, project));
  }
  return compare(environment, options);
}

/** What the revision is to hold: the difference, as the config wants it, or nothing yet. */
async function findContent(
  environment: Environment,
  project: Project,
  options: RevisionOptions,
): Promise<ProcessedRevision> {
  const { message } = options;
  if (!options.autogenerate) return { message, upgrade: [], downgrade: [], comparison: compareNothing(environment) };
  const comparison = await compareAtHead(environment, project, options);
  const { dialect } = environment;
  const operations = joinSoftDeletes(comparison.operations, {
    softDeletes: comparison.softDeletes,
    target: comparison.target,
    rules: dialect.diffRules,
  });
  const upgrade = makeSafe(operations, dialect);
  return processGenerated(environment, comparison, {
    message,
    upgrade,
    downgrade: makeWayBackSafe(reverseAll(operations), dialect),
  });
}

function chooseVerdict(needsProof: boolean, unproven: Unproven | undefined): RevisionResult["proof"] {
  if (!needsProof) return "not needed";
  return unproven ? "unproven" : "proven";
}

/** What whoever reads the revision should know of it: of deleted rows, and of data that goes. */
async function describeEffects(
  environment: Environment,
  comparison: Comparison,
  generated: Parameters<typeof describeSoftDeletes>[2],
): Promise<readonly string[]> {
  const rules = knowTypes(environment.dialect, comparison.current, comparison.target);
  return [
    ...(await describeSoftDeletes(environment, comparison, generated)),
    ...describeUnnamedDrops(comparison),
    ...describeLosses(generated.upgrade, "upgrade", rules),
    ...describeLosses(generated.downgrade, "downgrade", rules),
  ];
}

/**
 * Writes a new revision file on top of the head, or where it is told. With autogenerate the file is first run up, down and up again on a
 * scratch copy of the schema; when that fails, nothing is written. Where no scratch database can be had, the file says that it is unproven.
 *
 * @throws CommandError when its place in the history is not clear, the database is behind, or nothing differs
 * @throws ProofError when the revision does not do what it should
 * @throws ScriptError when a hook of the config fails; then the file stays
 */
export async function createRevision(environment: Environment, options: RevisionOptions): Promise<RevisionResult> {
  const project = readProject(environment);
  // First of all, because later errors repeat what was asked for.
  if (options.revisionId !== undefined) requireFreeId(project.files, options.revisionId);
  const place = await placeRevision(environment, project, options);
  const { message, upgrade, downgrade, comparison } = await findContent(environment, project, options);
  if (options.autogenerate && upgrade.length === 0 && !options.emptyOk) {
    throw commandErrors.nothingToGenerate({
      from: comparison.from,
      to: comparison.to,
      generate: writeGenerateCommand(options),
      tables: comparison.target.tables.length,
      missing: comparison.missing.map(describeMissing),
      byHand: comparison.missing.map(adviseMissing),
    });
  }
  const { needs, warnings, remarks } = await describeNeeds(environment, { upgrade, downgrade }, options.from);
  const said = await describeEffects(environment, comparison, { upgrade, downgrade, from: options.from });
  const plan = (notes: readonly string[], revisionId = options.revisionId): Promise<PlannedFile> =>
    planRevisionFile(environment, project, {
      message,
      place,
      ...(revisionId !== undefined && { revisionId }),
      format: options.format ?? "ts",
      upgrade,
      remarks,
      downgrade,
      start: { schema: comparison.current, unmanaged: comparison.unmanaged },
      notes: [...notes, ...said],
    });
  const needsProof = upgrade.length > 0;
  const { file, unproven, besides } = needsProof
    ? await proveOrSay(environment, comparison, options.requireProof, plan)
    : { file: await plan([]), unproven: undefined, besides: [] };
  const written = await file.write();
  if (needsProof && !unproven) {
    await proveAfterHooks(file, written, (text) => provePlannedFile(environment, file, comparison, text));
  }
  return {
    path: file.path,
    revision: file.revision,
    downRevision: file.downRevision,
    branchLabels: place.branchLabels,
    dependsOn: place.dependsOn,
    heads: file.heads,
    changes: describeChanges(upgrade, knowTypes(environment.dialect, comparison.current, comparison.target)),
    notes: [...warnings, ...besides, ...said],
    needs: needs.map((need) => ({
      table: need.table,
      fault: need.fault,
      ...(need.rows !== undefined && { rows: need.rows }),
    })),
    ...pickAsides(comparison),
    ...(unproven && { unproven }),
    proof: chooseVerdict(needsProof, unproven),
    hooks: written.hooks,
  };
}

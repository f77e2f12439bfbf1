import { knowTypes } from "../ops/describe/know-types.ts";
import type { Operation } from "../ops/operation.ts";
import { createPreviewRenderer } from "../runtime/statement-sink.ts";
import { compileOperations } from "./compile-operations.ts";
import { compare, pickAsides, type Asides, type Comparison, type ComparisonRequest } from "./compare.ts";
import { describeChanges, type ChangeDescription } from "./describe-changes.ts";
import type { Environment } from "./environment.ts";
import { makeSafe } from "./needs/make-safe.ts";
import { readWhole } from "./require-whole.ts";
import { DATABASE, MODELS, writeGenerateCommand } from "./sides/side.ts";

/** What autogenerate would write. */
export interface DiffResult extends Asides {
  /** What was compared: `the database`. */
  readonly from: string;
  /** With what: `the models`. */
  readonly to: string;
  readonly changes: readonly ChangeDescription[];
  readonly operations: readonly Operation[];
  /** The statements of the upgrade, as people read them. */
  readonly sql: string;
  /** The command that writes it down as a revision. */
  readonly generate: string;
}

/**
 * A comparison in the form that commands give.
 *
 * @param generate the command that writes it down as a revision
 */
export async function describeComparison(
  environment: Environment,
  comparison: Comparison,
  generate: string,
): Promise<DiffResult> {
  const { from, to, current, target, operations, unmanaged, serverVersion } = comparison;
  const [sql = ""] = await compileOperations(environment, [makeSafe(operations, environment.dialect)], {
    start: { schema: current, unmanaged },
    render: createPreviewRenderer(environment.dialect),
    targetVersion: serverVersion,
    withoutScratch: comparison.unproven !== undefined,
  });
  const changes = describeChanges(operations, knowTypes(environment.dialect, current, target));
  return { from, to, changes, operations, sql, generate, ...pickAsides(comparison) };
}

/**
 * Compares the database, or whatever is there, with the models, or whatever is wanted, and says what would have to change; writes nothing.
 *
 * @throws SourceError when the models cannot be loaded
 * @throws DiffError when something may have been renamed and nobody says whether it was
 * @throws LockError (runUnderWay) while a run is at work on the configured database
 * @throws JournalError (leftHalfway) where one has left it between two revisions
 */
export async function diff(environment: Environment, request: ComparisonRequest = {}): Promise<DiffResult> {
  const { from = DATABASE, to = MODELS } = request;
  if (from.kind === "database" || to.kind === "database") await readWhole(environment);
  return describeComparison(environment, await compare(environment, request), writeGenerateCommand(request));
}

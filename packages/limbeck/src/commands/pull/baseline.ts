import { createObjects } from "../../dialect/build-schema-on.ts";
import type { UnmanagedObject } from "../../dialect/dialect.ts";
import { NOTHING_UNNAMED } from "../../diff/find-unnamed.ts";
import { diffSchema } from "../../diff/diff-schema.ts";
import type { Operation } from "../../ops/operation.ts";
import { reverseOperation } from "../../ops/reverse/reverse-operation.ts";
import { EMPTY_SCHEMA } from "../../schema/model/schema.ts";
import { commandErrors } from "../../kernel/errors/command-errors.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { withScratch } from "../../runtime/scratch.ts";
import type { HookReport } from "../../scripts/hooks/run-hooks.ts";
import type { Comparison } from "../compare.ts";
import { describeLosses } from "../describe-changes.ts";
import type { Environment } from "../environment.ts";
import { placeRevision } from "../placement/place-revision.ts";
import { planRevisionFile, type PlannedFile } from "../plan-revision-file.ts";
import type { Project } from "../project.ts";
import { proveAfterHooks } from "../prove-after-hooks.ts";
import { provePlannedFile, type ProofGoal } from "../prove-planned-file.ts";
import { stamp } from "../stamp.ts";

/** The first revision of a history that begins with what a database holds. */
export interface PulledRevision {
  readonly revision: string;
  /** Absolute path of its file. */
  readonly path: string;
  /** Whether the version table says now that the database stands there. */
  readonly isStamped: boolean;
  readonly hooks: readonly HookReport[];
}

/** A first revision that is proven and not yet written. */
export interface PlannedBaseline {
  readonly file: PlannedFile;
  readonly goal: ProofGoal;
}

/** What models cannot say and a statement can, as operations: what can be there before the tables, and what needs them. */
interface Unsaid {
  readonly early: readonly Operation[];
  readonly late: readonly Operation[];
  /** What nothing says. */
  readonly unmanaged: readonly UnmanagedObject[];
}

async function planUnsaid({ openScratch }: Environment, unmanaged: readonly UnmanagedObject[]): Promise<Unsaid> {
  const isSayable = ({ definition, drop }: UnmanagedObject): boolean => definition !== undefined && drop !== undefined;
  const [sayable, others] = [unmanaged.filter(isSayable), unmanaged.filter((object) => !isSayable(object))];
  if (sayable.length === 0) return { early: [], late: [], unmanaged };
  const { created, left } = await withScratch(openScratch, (scratch) => createObjects(scratch, sayable));
  const say = ({ definition = "", drop = "" }: UnmanagedObject): Operation => ({
    kind: "execute",
    sql: definition,
    affects: [],
    reverse: drop,
  });
  return { early: created.map(say), late: left.map(say), unmanaged: others };
}

/**
 * Plans the revision that makes on an empty database what the models say, and proves it.
 *
 * @param comparison of models and database; they agree
 * @throws ProofError when it does not go up, down and up again
 */
export async function planBaseline(
  environment: Environment,
  project: Project,
  { serverVersion, rules, target, unmanaged: found }: Comparison,
  message: string,
): Promise<PlannedBaseline> {
  const { early, late, unmanaged } = await planUnsaid(environment, found);
  const upgrade = [...early, ...diffSchema(EMPTY_SCHEMA, target, rules), ...late];
  const downgrade = upgrade.toReversed().map(reverseOperation);
  const file = await planRevisionFile(environment, project, {
    message,
    place: await placeRevision(environment, project, { message, head: "base" }),
    format: "ts",
    upgrade,
    downgrade,
    start: { schema: EMPTY_SCHEMA, unmanaged },
    notes: describeLosses(downgrade, "downgrade", environment.dialect),
  });
  const goal = { serverVersion, current: EMPTY_SCHEMA, target, rules, leftAlone: NOTHING_UNNAMED, unmanaged };
  await provePlannedFile(environment, file, goal);
  return { file, goal };
}

/** @throws CommandError (pulledNotStamped) when the database does not take it */
async function stampBaseline(environment: Environment, revision: string): Promise<void> {
  try {
    await stamp(environment, { targets: [revision] });
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error;
    throw commandErrors.pulledNotStamped({ revision, failure: error }, error);
  }
}

/**
 * Writes the first revision.
 *
 * @param noStamp leaves the version table alone
 * @throws ScriptError when the file cannot be written, or a hook fails
 * @throws CommandError when the database cannot be stamped; the file stays
 */
export async function writeBaseline(
  environment: Environment,
  { file, goal }: PlannedBaseline,
  noStamp: boolean,
): Promise<PulledRevision> {
  const written = await file.write();
  await proveAfterHooks(file, written, (text) => provePlannedFile(environment, file, goal, text));
  if (!noStamp) await stampBaseline(environment, file.revision);
  return { revision: file.revision, path: file.path, isStamped: !noStamp, hooks: written.hooks };
}

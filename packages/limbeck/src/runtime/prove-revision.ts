import { buildDatabaseOn } from "../dialect/build-schema-on.ts";
import { chooseOlderVersion } from "../dialect/compare-versions.ts";
import type { Connection } from "../dialect/connection.ts";
import type { Dialect, UnmanagedObject } from "../dialect/dialect.ts";
import type { DiffRules } from "../diff/diff-rules.ts";
import { diffSchema } from "../diff/diff-schema.ts";
import type { UnnamedObjects } from "../diff/find-unnamed.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { proofErrors } from "../kernel/errors/proof-errors.ts";
import { describeOperation } from "../ops/describe/describe-operation.ts";
import type { NamingConvention } from "../schema/builder/naming-convention.ts";
import type { Schema } from "../schema/model/schema.ts";
import { combineWatches } from "./revision-watch.ts";
import type { RevisionFunction, RevisionTarget } from "./revision-target.ts";
import { runRevisionFunction } from "./run-revision.ts";
import { trackSchema } from "./schema-tracker.ts";
import { withScratch, type OpenScratch } from "./scratch.ts";
import { createConnectionSink } from "./statement-sink.ts";
import { createObjectWatch } from "./watch-objects.ts";
import { watchReferences } from "./watch-references.ts";

/** A revision that is to be proven, and what it must do. */
export interface ProofRequest {
  readonly dialect: Dialect;
  readonly openScratch: OpenScratch;
  readonly convention: NamingConvention;
  /** Version of the engine that will run it; what is proven are the statements for it, or for the scratch database where that one is older. */
  readonly serverVersion: string;
  /** The schema the revision starts from. */
  readonly current: Schema;
  /** What else there is in the database; it is made on the scratch database too, where that can make it. */
  readonly unmanaged: readonly UnmanagedObject[];
  /** The schema its upgrade must lead to. */
  readonly target: Schema;
  /** What counts as the same where the target is compared; a project's convention may name what has no name in the database. */
  readonly rules: DiffRules;
  /** Views and triggers of `current` that stay, although `target` does not name them. */
  readonly leftAlone: UnnamedObjects;
  /** What the run of it tells, and heeds. */
  readonly hooks: Pick<RevisionTarget, "watchActivity" | "onWait">;
  readonly upgrade: RevisionFunction;
  readonly downgrade: RevisionFunction;
}

/** A schema without what is left alone. Triggers are known by their names only, because their tables may have been renamed. */
function withoutLeftAlone(schema: Schema, { views, triggers }: UnnamedObjects): Schema {
  const names = triggers.map(({ name }) => name);
  return {
    ...schema,
    views: schema.views.filter(({ name }) => !views.includes(name)),
    triggers: schema.triggers.filter(({ name }) => !names.includes(name)),
  };
}

/** What was to be left alone, and is not there any more. */
function listLost(schema: Schema, { views, triggers }: UnnamedObjects): readonly string[] {
  return [
    ...views.filter((name) => !schema.views.some((view) => view.name === name)).map((name) => `view ${name} is gone`),
    ...triggers
      .filter((trigger) => !schema.triggers.some(({ name }) => name === trigger.name))
      .map(({ name }) => `trigger ${name} is gone`),
  ];
}

async function findDifferences(
  request: ProofRequest,
  scratch: Connection,
  expected: Schema,
  { rules, leftAlone }: Pick<ProofRequest, "rules" | "leftAlone">,
): Promise<readonly string[]> {
  const { schema } = await request.dialect.introspect(scratch);
  // Only whether they are there: a rename rewrites their text, and back again with other quotes.
  const [found, wanted] = [withoutLeftAlone(schema, leftAlone), withoutLeftAlone(expected, leftAlone)];
  return [...diffSchema(found, wanted, rules).map(describeOperation), ...listLost(schema, leftAlone)];
}

async function run(request: ProofRequest, scratch: Connection, code: RevisionFunction): Promise<void> {
  const { dialect, convention, hooks } = request;
  const { prologue, begin, commit, epilogue } = dialect.transaction;
  const sink = createConnectionSink(scratch);
  for (const statement of [...prologue, begin]) await sink.run(statement);
  const serverVersion = chooseOlderVersion(request.serverVersion, scratch.serverVersion);
  const tracker = trackSchema(dialect, scratch);
  const target = { dialect, connection: scratch, sink, tracker, convention, serverVersion, ...hooks };
  // Created for the run, as for any other: what the database's own views, triggers and foreign keys would miss, the proof finds.
  const { check, ...watch } = combineWatches([createObjectWatch(target)(code), watchReferences(target, code)]);
  await runRevisionFunction(code, { ...target, ...watch });
  await check();
  for (const statement of [commit, ...epilogue]) await sink.run(statement);
}

const messageOf = (error: unknown): string =>
  error instanceof LimbeckError ? `${error.title}\n${error.why}` : String(error);

/**
 * Runs a revision up, down and up again on a scratch copy of the current schema, and compares the schema at each stop.
 *
 * @throws ProofError when a run fails or leads elsewhere
 */
export async function proveRevision(request: ProofRequest): Promise<void> {
  const { dialect, current, target, upgrade, downgrade } = request;
  const { revision } = upgrade;
  await withScratch(request.openScratch, async (scratch) => {
    await buildDatabaseOn(scratch, dialect, { schema: current, unmanaged: request.unmanaged });
    const literally = { rules: dialect.diffRules, leftAlone: { views: [], triggers: [] } };
    const unlike = await findDifferences(request, scratch, current, literally);
    if (unlike.length > 0) throw proofErrors.scratchDiffers({ differences: unlike });

    const goUp = async (): Promise<void> => {
      await run(request, scratch, upgrade).catch((error: unknown) => {
        throw proofErrors.upgradeFails({ revision, message: messageOf(error) }, error);
      });
      const differences = await findDifferences(request, scratch, target, request);
      if (differences.length > 0) throw proofErrors.upgradeMissesTarget({ revision, differences });
    };
    await goUp();
    await run(request, scratch, downgrade).catch((error: unknown) => {
      throw proofErrors.downgradeFails({ revision, message: messageOf(error) }, error);
    });
    const differences = await findDifferences(request, scratch, current, { ...request, rules: dialect.diffRules });
    if (differences.length > 0) throw proofErrors.downgradeMissesStart({ revision, differences });
    await goUp();
  });
}

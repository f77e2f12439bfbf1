import { buildDatabaseOn } from "../dialect/build-schema-on.ts";
import { chooseOlderVersion } from "../dialect/compare-versions.ts";
import type { Connection } from "../dialect/connection.ts";
import type { Dialect, UnmanagedObject } from "../dialect/dialect.ts";
import type { DiffRules } from "../diff/diff-rules.ts";
import { diffSchema } from "../diff/diff-schema.ts";
import { includesObject, NOTHING_UNNAMED, withoutUnnamed, type UnnamedObjects } from "../diff/find-unnamed.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { proofErrors } from "../kernel/errors/proof-errors.ts";
import { describeOperation } from "../ops/describe/describe-operation.ts";
import { withoutParkedTables } from "../ops/soft-delete/parked-table.ts";
import type { NamingConvention } from "../schema/builder/naming-convention.ts";
import type { DefinedObject } from "../schema/model/defined-object.ts";
import type { Schema } from "../schema/model/schema.ts";
import { createCrossBoundary } from "./cross-boundary.ts";
import { combineWatches } from "./revision-watch.ts";
import type { RevisionFunction, RevisionTarget } from "./revision-target.ts";
import { listNotedNames } from "./noted-names.ts";
import { runRevisionFunction } from "./run-revision.ts";
import { describeGiven, isGivenUnsaid } from "./given-objects.ts";
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
function withoutLeftAlone(schema: Schema, leftAlone: UnnamedObjects): Schema {
  const names = leftAlone.triggers.map(({ name }) => name);
  return {
    ...withoutUnnamed(schema, leftAlone),
    triggers: schema.triggers.filter(({ name }) => !names.includes(name)),
  };
}

/** The objects that only say something of what the revision drops: a note goes with its index, and no way back knows it. */
function findPointless({ current, target, rules }: ProofRequest): readonly DefinedObject[] {
  const [before, after] = [listNotedNames(current), listNotedNames(target)];
  const isGone = (name: string): boolean => before.has(name) && !after.has(name);
  return current.objects.filter((object) => rules.comesLast(object) && object.dependsOn?.some(isGone));
}

/** What was to be left alone, and is not there any more. */
function listLost(schema: Schema, leftAlone: UnnamedObjects, pointless: readonly DefinedObject[]): readonly string[] {
  const { tables, views, triggers, enums, sequences, objects } = leftAlone;
  const find = (
    kind: string,
    names: readonly string[],
    present: readonly { readonly name: string }[],
  ): readonly string[] =>
    names.filter((name) => !present.some((one) => one.name === name)).map((name) => `${kind} ${name} is gone`);
  return [
    ...find("table", tables, schema.tables),
    ...find("enum", enums, schema.enums),
    ...find("sequence", sequences, schema.sequences),
    ...objects
      .filter((object) => !includesObject([...schema.objects, ...pointless], object))
      .map(({ kind, name }) => `${kind} ${name} is gone`),
    ...find("view", views, schema.views),
    ...triggers
      .filter((trigger) => !schema.triggers.some(({ name }) => name === trigger.name))
      .map(({ name }) => `trigger ${name} is gone`),
  ];
}

interface Findings {
  readonly differences: readonly string[];
  /** What is there by itself, and counts for no difference. */
  readonly given: readonly DefinedObject[];
}

async function findDifferences(
  request: ProofRequest,
  scratch: Connection,
  expected: Schema,
  { rules, leftAlone }: Pick<ProofRequest, "rules" | "leftAlone">,
): Promise<Findings> {
  const schema = withoutParkedTables((await request.dialect.introspect(scratch)).schema);
  // Only whether they are there: a rename rewrites their text, and back again with other quotes.
  const [found, wanted] = [
    withoutLeftAlone(schema, leftAlone),
    withoutLeftAlone(withoutParkedTables(expected), leftAlone),
  ];
  const given = found.objects.filter((object) => isGivenUnsaid(object, wanted, request));
  const said = { ...found, objects: found.objects.filter((object) => !given.includes(object)) };
  const pointless = findPointless(request);
  return {
    differences: [...diffSchema(said, wanted, rules).map(describeOperation), ...listLost(schema, leftAlone, pointless)],
    given,
  };
}

async function run(request: ProofRequest, scratch: Connection, code: RevisionFunction): Promise<void> {
  const { dialect, convention, hooks } = request;
  const { prologue, begin, commit, epilogue } = dialect.transaction;
  const plain = createConnectionSink(scratch);
  const sink = createCrossBoundary(dialect, scratch)(plain, { frame: (statement) => plain.run(statement) });
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
 * @returns what the revision does besides, of which whoever runs it should know
 * @throws ProofError when a run fails or leads elsewhere
 */
export async function proveRevision(request: ProofRequest): Promise<readonly string[]> {
  const { dialect, current, target, upgrade, downgrade } = request;
  const { revision } = upgrade;
  return withScratch(request.openScratch, async (scratch) => {
    await buildDatabaseOn(scratch, dialect, { schema: current, unmanaged: request.unmanaged });
    const literally = { rules: dialect.diffRules, leftAlone: NOTHING_UNNAMED };
    const { differences: unlike } = await findDifferences(request, scratch, current, literally);
    if (unlike.length > 0) throw proofErrors.scratchDiffers({ differences: unlike });

    const goUp = async (): Promise<readonly DefinedObject[]> => {
      await run(request, scratch, upgrade).catch((error: unknown) => {
        throw proofErrors.upgradeFails({ revision, message: messageOf(error) }, error);
      });
      const { differences, given } = await findDifferences(request, scratch, target, request);
      if (differences.length > 0) throw proofErrors.upgradeMissesTarget({ revision, differences });
      return given;
    };
    const given = await goUp();
    await run(request, scratch, downgrade).catch((error: unknown) => {
      throw proofErrors.downgradeFails({ revision, message: messageOf(error) }, error);
    });
    const back = await findDifferences(request, scratch, current, { ...request, rules: dialect.diffRules });
    if (back.differences.length > 0) {
      throw proofErrors.downgradeMissesStart({ revision, differences: back.differences });
    }
    await goUp();
    return describeGiven(given, current);
  });
}

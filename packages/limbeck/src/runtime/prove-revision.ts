import { buildSchemaOn } from "../dialect/build-schema-on.ts";
import { chooseOlderVersion } from "../dialect/compare-versions.ts";
import type { Connection } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { diffSchema } from "../diff/diff-schema.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { proofErrors } from "../kernel/errors/proof-errors.ts";
import { describeOperation } from "../ops/describe/describe-operation.ts";
import type { NamingConvention } from "../schema/builder/naming-convention.ts";
import type { Schema } from "../schema/model/schema.ts";
import { runRevisionFunction, type RevisionFunction } from "./run-revision.ts";
import { trackSchema } from "./schema-tracker.ts";
import { withScratch } from "./scratch.ts";
import { createConnectionSink } from "./statement-sink.ts";

/** A revision that is to be proven, and what it must do. */
export interface ProofRequest {
  readonly dialect: Dialect;
  readonly convention: NamingConvention;
  /** Version of the engine that will run it; what is proven are the statements for it, or for the scratch database where that one is older. */
  readonly serverVersion: string;
  /** The schema the revision starts from. */
  readonly current: Schema;
  /** The schema its upgrade must lead to. */
  readonly target: Schema;
  readonly upgrade: RevisionFunction;
  readonly downgrade: RevisionFunction;
}

async function findDifferences(
  request: ProofRequest,
  scratch: Connection,
  expected: Schema,
): Promise<readonly string[]> {
  const { schema } = await request.dialect.introspect(scratch);
  return diffSchema(schema, expected, request.dialect.diffRules).map(describeOperation);
}

async function run(request: ProofRequest, scratch: Connection, code: RevisionFunction): Promise<void> {
  const { dialect, convention } = request;
  const { prologue, begin, commit, epilogue } = dialect.transaction;
  const sink = createConnectionSink(scratch);
  for (const statement of [...prologue, begin]) await sink.run(statement);
  const serverVersion = chooseOlderVersion(request.serverVersion, scratch.serverVersion);
  const tracker = trackSchema(dialect, scratch);
  await runRevisionFunction(code, { dialect, connection: scratch, sink, tracker, convention, serverVersion });
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
  await withScratch(dialect, async (scratch) => {
    await buildSchemaOn(scratch, dialect, current);
    const unlike = await findDifferences(request, scratch, current);
    if (unlike.length > 0) throw proofErrors.scratchDiffers({ differences: unlike });

    const goUp = async (): Promise<void> => {
      await run(request, scratch, upgrade).catch((error: unknown) => {
        throw proofErrors.upgradeFails({ revision, message: messageOf(error) }, error);
      });
      const differences = await findDifferences(request, scratch, target);
      if (differences.length > 0) throw proofErrors.upgradeMissesTarget({ revision, differences });
    };
    await goUp();
    await run(request, scratch, downgrade).catch((error: unknown) => {
      throw proofErrors.downgradeFails({ revision, message: messageOf(error) }, error);
    });
    const differences = await findDifferences(request, scratch, current);
    if (differences.length > 0) throw proofErrors.downgradeMissesStart({ revision, differences });
    await goUp();
  });
}

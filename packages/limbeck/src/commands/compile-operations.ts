import { buildDatabaseOn } from "../dialect/build-schema-on.ts";
import { chooseOlderVersion } from "../dialect/compare-versions.ts";
import type { Introspection } from "../dialect/dialect.ts";
import { ExecutionError } from "../kernel/errors/execution-errors.ts";
import { asPrecondition } from "../kernel/errors/as-precondition.ts";
import { OperationError } from "../kernel/errors/operation-errors.ts";
import { proofErrors } from "../kernel/errors/proof-errors.ts";
import type { Operation } from "../ops/operation.ts";
import { runRevisionFunction } from "../runtime/run-revision.ts";
import { trackSchema } from "../runtime/schema-tracker.ts";
import { withScratch } from "../runtime/scratch.ts";
import { createScriptSink, type StatementRenderer } from "../runtime/statement-sink.ts";
import type { Environment } from "./environment.ts";

/** How operations become text. */
export interface CompileOptions {
  /** What the first operation meets. */
  readonly start: Introspection;
  readonly render: StatementRenderer;
  /** The version of the engine that will run the statements. Default: that of the scratch database. */
  readonly targetVersion?: string;
}

/** There is no revision yet that could have failed: a change did. */
function rethrow(error: unknown): never {
  if (error instanceof OperationError) throw asPrecondition(error);
  if (!(error instanceof ExecutionError)) throw error;
  const { operation, databaseMessage } = error.context;
  if (typeof operation !== "string" || typeof databaseMessage !== "string") throw error;
  throw proofErrors.scratchRefuses({ change: operation, message: databaseMessage }, error);
}

/**
 * The statements that operations become, list by list; each list meets the schema that the one before it leaves. They are run on a
 * scratch database while they are written.
 */
export async function compileOperations(
  { dialect, config, openScratch }: Environment,
  lists: readonly (readonly Operation[])[],
  { start, render, targetVersion }: CompileOptions,
): Promise<readonly string[]> {
  return withScratch(openScratch, async (scratch) => {
    await buildDatabaseOn(scratch, dialect, start);
    for (const { sql } of dialect.transaction.prologue) await scratch.execute(sql);
    const tracker = trackSchema(dialect, scratch);
    const serverVersion = chooseOlderVersion(targetVersion ?? scratch.serverVersion, scratch.serverVersion);
    const texts: string[] = [];
    for (const operations of lists) {
      const pieces: string[] = [];
      const run = async (op: { invoke(operation: Operation): Promise<void> }): Promise<void> => {
        for (const operation of operations) await op.invoke(operation);
      };
      await runRevisionFunction(
        { revision: "diff", direction: "upgrade", path: "", run },
        {
          dialect,
          connection: scratch,
          serverVersion,
          sink: createScriptSink(scratch, render, (text) => pieces.push(text)),
          tracker,
          convention: config.namingConvention,
        },
      ).catch(rethrow);
      texts.push(pieces.join(""));
    }
    return texts;
  });
}

import { buildDatabaseOn } from "../dialect/build-schema-on.ts";
import { chooseOlderVersion } from "../dialect/compare-versions.ts";
import { ExecutionError } from "../kernel/errors/execution-errors.ts";
import { asPrecondition } from "../kernel/errors/as-precondition.ts";
import { OperationError } from "../kernel/errors/operation-errors.ts";
import { proofErrors } from "../kernel/errors/proof-errors.ts";
import type { Operation } from "../ops/operation.ts";
import { explainNoScratch } from "../runtime/explain-no-scratch.ts";
import { keepAttached } from "../runtime/keep-attached.ts";
import { runRevisionFunction } from "../runtime/run-revision.ts";
import { trackSchema } from "../runtime/schema-tracker.ts";
import { withScratch } from "../runtime/scratch.ts";
import { createScriptSink } from "../runtime/statement-sink.ts";
import type { CompileOptions } from "./compile-options.ts";
import { compileWithoutScratch } from "./compile-without-scratch.ts";
import type { Environment } from "./environment.ts";

/** There is no revision yet that could have failed: a change did. */
function rethrow(error: unknown): never {
  if (error instanceof OperationError) throw asPrecondition(error);
  if (!(error instanceof ExecutionError)) throw error;
  const { operation, databaseMessage } = error.context;
  if (typeof operation !== "string" || typeof databaseMessage !== "string") throw error;
  throw proofErrors.scratchRefuses({ change: operation, message: databaseMessage }, error);
}

async function compileOnScratch(
  { dialect, config, openScratch }: Environment,
  lists: readonly (readonly Operation[])[],
  { start, render, targetVersion }: CompileOptions,
): Promise<readonly string[]> {
  return withScratch(openScratch, async (scratch) => {
    await buildDatabaseOn(scratch, dialect, start);
    for (const { sql } of dialect.transaction.prologue) await scratch.execute(sql);
    const tracker = trackSchema(dialect, scratch);
    const serverVersion = chooseOlderVersion(targetVersion ?? scratch.serverVersion, scratch.serverVersion);
    // Of all lists together: one may drop a view, and the next one make it anew.
    const attached = keepAttached(dialect.diffRules);
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
          attached,
          convention: config.namingConvention,
        },
      ).catch(rethrow);
      texts.push(pieces.join(""));
    }
    return texts;
  });
}

/**
 * The statements that operations become, list by list; each list meets the schema that the one before it leaves. They are run on a
 * scratch database while they are written, where one can be had.
 */
export async function compileOperations(
  environment: Environment,
  lists: readonly (readonly Operation[])[],
  options: CompileOptions,
): Promise<readonly string[]> {
  if (lists.every((operations) => operations.length === 0)) return lists.map(() => "");
  if (options.withoutScratch === true) return compileWithoutScratch(environment.dialect, lists, options);
  try {
    return await compileOnScratch(environment, lists, options);
  } catch (error) {
    if (explainNoScratch(error, environment.config.scratch) === undefined) throw error;
    return compileWithoutScratch(environment.dialect, lists, options);
  }
}

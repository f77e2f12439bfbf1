import { buildSchemaOn } from "../dialect/build-schema-on.ts";
import { chooseOlderVersion } from "../dialect/compare-versions.ts";
import type { UnmanagedObject } from "../dialect/dialect.ts";
import type { Operation } from "../ops/operation.ts";
import { runRevisionFunction } from "../runtime/run-revision.ts";
import { trackSchema } from "../runtime/schema-tracker.ts";
import { withScratch } from "../runtime/scratch.ts";
import { createPreviewRenderer, createScriptSink } from "../runtime/statement-sink.ts";
import { compareWithModels, type Comparison, type RenameAnswers } from "./compare.ts";
import { describeChanges, type ChangeDescription } from "./describe-changes.ts";
import type { Environment } from "./environment.ts";
import { readDatabase } from "./with-database.ts";

/** What autogenerate would write. */
export interface DiffResult {
  readonly changes: readonly ChangeDescription[];
  readonly operations: readonly Operation[];
  /** The statements of the upgrade, as people read them. */
  readonly sql: string;
  readonly unmanaged: readonly UnmanagedObject[];
}

/** The statements that the operations become on the database that was compared. */
async function compileOperations(environment: Environment, comparison: Comparison): Promise<string> {
  const { current, operations } = comparison;
  const { dialect, config } = environment;
  return withScratch(dialect, async (scratch) => {
    await buildSchemaOn(scratch, dialect, current);
    for (const { sql } of dialect.transaction.prologue) await scratch.execute(sql);
    const pieces: string[] = [];
    const sink = createScriptSink(scratch, createPreviewRenderer(dialect), (text) => pieces.push(text));
    await runRevisionFunction(
      {
        revision: "diff",
        direction: "upgrade",
        path: "",
        run: async (op) => {
          for (const operation of operations) await op.invoke(operation);
        },
      },
      {
        dialect,
        connection: scratch,
        serverVersion: chooseOlderVersion(comparison.serverVersion, scratch.serverVersion),
        sink,
        tracker: trackSchema(dialect, scratch),
        convention: config.namingConvention,
      },
    );
    return pieces.join("");
  });
}

/**
 * Compares the models with the database and says what would have to change; writes nothing.
 *
 * @throws SourceError when the models cannot be loaded
 * @throws DiffError when something may have been renamed and nobody says whether it was
 */
export async function diff(environment: Environment, answers: RenameAnswers = {}): Promise<DiffResult> {
  const comparison = await readDatabase(environment, (connection) => compareWithModels(environment, connection, answers));
  const { operations, unmanaged } = comparison;
  const sql = await compileOperations(environment, comparison);
  return { changes: describeChanges(operations), operations, sql, unmanaged };
}

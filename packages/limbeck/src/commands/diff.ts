import type { Operation } from "../ops/operation.ts";
import { createPreviewRenderer } from "../runtime/statement-sink.ts";
import { compileOperations } from "./compile-operations.ts";
import { compareWithModels, pickAsides, type Asides, type RenameAnswers } from "./compare.ts";
import { describeChanges, type ChangeDescription } from "./describe-changes.ts";
import type { Environment } from "./environment.ts";
import { readDatabase } from "./with-database.ts";

/** What autogenerate would write. */
export interface DiffResult extends Asides {
  readonly changes: readonly ChangeDescription[];
  readonly operations: readonly Operation[];
  /** The statements of the upgrade, as people read them. */
  readonly sql: string;
}

/**
 * Compares the models with the database and says what would have to change; writes nothing.
 *
 * @throws SourceError when the models cannot be loaded
 * @throws DiffError when something may have been renamed and nobody says whether it was
 */
export async function diff(environment: Environment, answers: RenameAnswers = {}): Promise<DiffResult> {
  const comparison = await readDatabase(environment, (connection) =>
    compareWithModels(environment, connection, answers),
  );
  const { current, operations, unmanaged, serverVersion } = comparison;
  const [sql = ""] = await compileOperations(environment, [operations], {
    start: { schema: current, unmanaged },
    render: createPreviewRenderer(environment.dialect),
    targetVersion: serverVersion,
  });
  const changes = describeChanges(operations, environment.dialect);
  return { changes, operations, sql, ...pickAsides(comparison) };
}

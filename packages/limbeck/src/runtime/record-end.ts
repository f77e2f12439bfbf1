import type { JoinedWriting } from "../dialect/journal-rules.ts";
import type { Statement } from "../dialect/statement.ts";
import type { LoadedStep } from "./run-context.ts";
import type { StatementSink } from "./statement-sink.ts";
import { moveVersionRows, type VersionStore } from "./version-store.ts";

/** What records the end of a step. */
export interface EndRecorder {
  readonly versions: VersionStore;
  /** Runs a statement in the transaction of the step, and tells how many rows it changed. */
  readonly run: (statement: Statement) => Promise<number>;
  /** Has the journal write that the step is over, in one statement at least. */
  readonly writeEntries: (entries: Pick<StatementSink, "run">) => Promise<void>;
  readonly join: JoinedWriting["join"];
}

/**
 * Moves the version rows of a step and writes its end into the journal, the last of the rows and the entries in one statement.
 *
 * @throws ExecutionError when a row is not there: the entries that were written along go with the transaction
 */
export async function recordEnd(
  { revision, versionRows }: Pick<LoadedStep, "revision" | "versionRows">,
  { versions, run, writeEntries, join }: EndRecorder,
): Promise<void> {
  if (versionRows.length === 0) return writeEntries({ run });
  const moveWithEntries = async (move: Statement): Promise<number> => {
    let moved: number | undefined;
    await writeEntries({
      async run(entries) {
        if (moved !== undefined) return run(entries);
        moved = await run({ sql: join(entries.sql, move.sql), toldAs: move.sql });
        return moved;
      },
    });
    return moved ?? 0;
  };
  await moveVersionRows(versions, run, { revision, versionRows: versionRows.slice(0, -1) });
  await moveVersionRows(versions, moveWithEntries, { revision, versionRows: versionRows.slice(-1) });
}

import { journalErrors } from "../kernel/errors/journal-errors.ts";
import { judgeDoubt } from "../runtime/journal/replay-calls.ts";
import { createRunJournal } from "../runtime/journal/run-journal.ts";
import { createConnectionSink } from "../runtime/statement-sink.ts";
import type { Environment } from "./environment.ts";
import { identifyRun } from "./run-context.ts";
import { withLock, withLocked } from "./with-database.ts";

/** What `resolve` is told. */
export interface ResolveOptions {
  /** The revision that is in the middle; its beginning will do. */
  readonly revision: string;
  /** What became of the statement whose end nobody saw. */
  readonly outcome: "applied" | "rolledBack";
}

/** What `resolve` wrote down. */
export interface ResolveResult {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
  readonly outcome: ResolveOptions["outcome"];
  /** The statement. */
  readonly sql: string;
}

/**
 * Writes into the journal what became of a statement whose end nobody saw; the next run goes on from there. The database itself is not changed.
 *
 * @throws JournalError (nothingInDoubt, notApplied)
 */
export async function resolve(environment: Environment, { revision, outcome }: ResolveOptions): Promise<ResolveResult> {
  const { history } = environment;
  return withLock(environment, (lock) =>
    withLocked(environment, lock, async (connection) => {
      const state = await history.readState(connection);
      const { open } = state;
      const { doubt } = open ?? {};
      if (!open || !doubt || !open.revision.startsWith(revision)) {
        throw journalErrors.nothingInDoubt({ revision, open: doubt && open?.revision });
      }
      const sql = doubt.statements[doubt.part]?.sql ?? "";
      if (outcome === "applied" && (await judgeDoubt(environment.dialect, connection, doubt)) === "notApplied") {
        throw journalErrors.notApplied({ revision: open.revision, direction: open.direction, sql });
      }
      const journal = createRunJournal(history, identifyRun(environment), state);
      const detail = outcome === "applied" ? "applied" : "notApplied";
      const note = { event: "resolved", call: doubt.call, detail } as const;
      await journal.write(createConnectionSink(connection), open, [note]);
      return { revision: open.revision, direction: open.direction, outcome, sql };
    }),
  );
}

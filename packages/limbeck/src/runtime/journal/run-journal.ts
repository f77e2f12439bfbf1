import { maskSecrets } from "../../kernel/mask-secrets.ts";
import type { Statement } from "../../dialect/statement.ts";
import type { HistoryNote, HistorySubject } from "./history-entry.ts";
import type { HistoryState } from "./history-reader.ts";
import type { HistoryStore } from "./history-store.ts";
import type { RunIdentity } from "./render-entry.ts";
import type { Doubt, OpenRevision } from "./open-revision.ts";
import type { Connection } from "../../dialect/connection.ts";
import type { StatementSink } from "../statement-sink.ts";

/** What one run writes into the journal. */
export interface RunJournal {
  /** Whether single statements are noted, from which a later run goes on; a script notes only what came to its end. */
  readonly notesStatements: boolean;
  /** Whether an earlier run left a revision in the middle; false once it was asked for. */
  continues(revision: string): boolean;
  /** What an earlier run left in the middle, for the first step; undefined once it was asked for. */
  takeOpen(): OpenRevision | undefined;
  /**
   * Takes note of the call that a revision has come to, counted from 1; nothing is written.
   *
   * @param isWritten whether its statements stand in the file as they are sent
   */
  reach(call: number, isWritten: boolean): void;
  /** Takes note that the database answered a statement of that call with an error, by its place among them; it is written with the failure. */
  refuse(part: number, answer: string): void;
  /** Adds entries. */
  write(sink: Pick<StatementSink, "run">, subject: HistorySubject, notes: readonly HistoryNote[]): Promise<void>;
  /**
   * Adds that a revision failed, and whether it is left in the middle; nothing where the journal itself was taken back.
   *
   * @returns how far it came, the call that it failed in, and whether the statement that was refused did nothing; undefined where nothing of it stays
   */
  noteFailure(
    sink: StatementSink,
    connection: Connection,
    subject: HistorySubject,
    failure: Failure,
  ): Promise<NotedFailure | undefined>;
}

/** How far a revision has come that has failed. */
export interface NotedFailure {
  readonly left: OpenRevision;
  readonly failedIn: number;
  readonly didNothing: boolean;
  /** The statements of the call that it failed in that this run or an earlier one did. */
  readonly passed: readonly Statement[];
  /** Whether the file says those as they were sent; where it does not, that call can be no other any more. */
  readonly isWritten: boolean;
}

/** What is known of a failure. */
interface Failure {
  readonly message: string;
  /** Whether the database shows that the statement whose end was not noted did nothing. */
  readonly hasDoneNothing: (doubt: Doubt) => Promise<boolean>;
}

/** How much of an error is kept, in characters. */
const LONGEST_MESSAGE = 2000;

// Secrets first: what is cut short might end in a half of one that nobody knows for one.
const shorten = (message: string): string => maskSecrets(message).slice(0, LONGEST_MESSAGE);

/** The run of a script: the same each time that it is written. */
const SCRIPT = "script";

/**
 * Makes the journal of a script, which notes what came to its end.
 *
 * @param toolVersion the version of Limbeck
 * @param open what an earlier run left in the middle, where the script is for that one database
 */
export function createScriptJournal(store: HistoryStore, toolVersion: string, open?: OpenRevision): RunJournal {
  return createJournal(store, { run: SCRIPT, toolVersion }, { lastId: undefined, open });
}

/**
 * Makes the journal of one run.
 *
 * @param state where the journal stood when the run took the lock
 */
export function createRunJournal(store: HistoryStore, identity: RunIdentity, state: HistoryState): RunJournal {
  return createJournal(store, identity, { lastId: state.lastId, open: state.open });
}

/** The statements of a call that took effect, in so far as that is known. */
function listPassed(doubt: Doubt | undefined, call: number, isRefused: boolean): readonly Statement[] {
  if (doubt?.call !== call) return [];
  const { statements, part, resolved, refusal } = doubt;
  const isOver = isRefused || resolved === "notApplied" || refusal !== undefined;
  return statements.slice(0, isOver ? part : part + 1);
}

/** Where a journal begins. */
interface JournalStart {
  /** Undefined where a script is written, which looks it up. */
  readonly lastId: number | undefined;
  readonly open: OpenRevision | undefined;
}

function createJournal(store: HistoryStore, identity: RunIdentity, start: JournalStart): RunJournal {
  let { lastId, open } = start;
  let reached = 0;
  let isWritten = false;
  let refused: { readonly call: number; readonly part: number; readonly answer: string } | undefined;
  const write: RunJournal["write"] = async (sink, subject, notes) => {
    const entries = notes.map((note) => ({ ...subject, ...note }));
    for (const statement of store.compileEntries(identity, entries, lastId)) await sink.run(statement);
    // Counted on although a rollback may take them back: no number is given twice.
    if (lastId !== undefined) lastId += entries.length;
  };
  return {
    notesStatements: start.lastId !== undefined,
    continues: (revision) => open?.revision === revision,
    takeOpen() {
      const taken = open;
      open = undefined;
      return taken;
    },
    reach(call, isOfFile) {
      reached = call;
      isWritten = isOfFile;
      refused = undefined;
    },
    refuse(part, answer) {
      refused = { call: reached, part, answer };
    },
    write,
    async noteFailure(sink, connection, subject, { message, hasDoneNothing }) {
      if (!(await store.exists(connection))) return undefined;
      const { open: left } = await store.readState(connection);
      const { doubt } = left ?? {};
      const isRefused = doubt !== undefined && doubt.call === refused?.call && doubt.part === refused.part;
      // Known now, and not when the next run looks: until then others may have changed what the statement is about.
      const didNothing = isRefused && !doubt.mayHaveLeft && (await hasDoneNothing(doubt));
      const notes: HistoryNote[] = [{ event: left ? "failed" : "rolled back", detail: shorten(message) }];
      if (didNothing) notes.push({ event: "resolved", call: doubt.call, detail: "notApplied" });
      else if (isRefused) notes.push({ event: "refused", call: doubt.call, detail: shorten(refused?.answer ?? "") });
      await write(sink, subject, notes);
      if (left?.revision !== subject.revision) return undefined;
      const passed = listPassed(doubt, reached, isRefused);
      return { left, failedIn: reached, didNothing, passed, isWritten };
    },
  };
}

import type { Connection, Row } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { Statement } from "../../dialect/statement.ts";
import type { StatementSink } from "../statement-sink.ts";
import type { CallJournal, PassOver } from "./call-journal.ts";
import { encodeValues } from "./encode-value.ts";
import type { HistoryNote, HistorySubject } from "./history-entry.ts";
import { chainDigest, type Call } from "./identify-call.ts";
import { writeRunning } from "./open-revision.ts";
import { replayCalls } from "./replay-calls.ts";
import type { RunJournal } from "./run-journal.ts";

/** What the journal of one step works with. */
export interface StepJournalTarget {
  readonly dialect: Dialect;
  readonly connection: Connection;
  /** Where entries go. */
  readonly entries: Pick<StatementSink, "run">;
  /** Where statements of the revision go. */
  readonly statements: StatementSink;
  /** Runs what begins or ends a transaction. */
  readonly frame: (statement: Statement) => Promise<unknown>;
  readonly clock: () => number;
}

/** Accompanies one revision from its beginning to its end. */
export interface StepJournal extends CallJournal {
  /** Where the statements of the revision go instead. */
  readonly sink: StatementSink;
  /**
   * Notes that the revision came to its end; to be called inside the transaction that moves the version rows.
   *
   * @param detail what is kept with that; undefined where nothing is
   * @param entries where that goes
   */
  finish(milliseconds: number, detail: string | undefined, entries: Pick<StatementSink, "run">): Promise<void>;
}

/** How many rows one entry holds: what servers take in one statement has an end. */
const ROWS_OF_ENTRY = 1000;

/** What a read gave, in as many notes as it takes. */
function noteRead(rows: readonly Row[], call: number): readonly HistoryNote[] {
  const count = Math.max(1, Math.ceil(rows.length / ROWS_OF_ENTRY));
  return Array.from({ length: count }, (_, index) => {
    const part = rows.slice(index * ROWS_OF_ENTRY, (index + 1) * ROWS_OF_ENTRY);
    return { event: "read", call, detail: encodeValues(part) };
  });
}

class Accompaniment implements StepJournal {
  readonly sink: StatementSink;
  readonly #run: RunJournal;
  readonly #subject: HistorySubject;
  readonly #target: StepJournalTarget;
  readonly #replay: ReturnType<typeof replayCalls> | undefined;
  #buffer: HistoryNote[] = [];
  #hasStarted: boolean;
  /** Whether the revision has left its transaction. */
  #isOutside = false;
  /** Whether a call outside of it has a transaction of its own. */
  #hasOwn = false;
  #call = 0;
  /** The calls so far, and the digests of the first of them: most revisions end without anybody asking for one. */
  readonly #calls: Call[] = [];
  readonly #digests: string[] = [];
  #statements: readonly Statement[] = [];
  /** Those of them that this run sends: an earlier one may have done the first. */
  #left: readonly Statement[] = [];
  #passOver: PassOver | undefined;
  #part = -1;
  /** How many statements of the call have run; undefined between two calls. */
  #passed: number | undefined;
  #began = 0;

  constructor(run: RunJournal, subject: HistorySubject, target: StepJournalTarget) {
    this.#run = run;
    this.#subject = subject;
    this.#target = target;
    const open = run.takeOpen();
    this.#hasStarted = open !== undefined;
    this.#replay =
      open &&
      replayCalls(open, {
        dialect: target.dialect,
        connection: target.connection,
        isSameFile: open.checksum === subject.checksum,
        outside: (work) => this.#doOutside(work),
      });
    const { statements } = target;
    const { query } = statements;
    this.sink = {
      ...statements,
      run: (statement) => this.#runStatement(statement),
      query: query && ((sql, parameters) => this.#read(sql, () => query(sql, parameters))),
    };
  }

  async begin(call: Parameters<StepJournal["begin"]>[0]): ReturnType<StepJournal["begin"]> {
    this.#call += 1;
    this.#run.reach(this.#call, call.sql !== undefined);
    this.#calls.push(call);
    this.#part = -1;
    this.#passed = 0;
    this.#statements = [];
    this.#left = [];
    this.#passOver = undefined;
    this.#began = this.#target.clock();
    if (!this.#replay) return { kind: "run" };
    const fate = await this.#replay({ call: this.#call, digest: this.#takeDigest(), ...call, sql: call.sql });
    if (fate.kind === "rest") {
      this.#statements = fate.all;
      this.#left = fate.statements;
    }
    if (fate.kind === "run") this.#passOver = fate.passOver;
    return fate;
  }

  announce(statements: readonly Statement[]): readonly Statement[] {
    this.#left = this.#passOver?.(statements) ?? statements;
    this.#statements = statements;
    return this.#left;
  }

  async advance(position: string): Promise<void> {
    this.#note({ event: "batch", call: this.#call, detail: position });
    if (this.#isOutside) await this.#commitNotes();
  }

  async end(rows?: readonly Row[]): Promise<void> {
    this.#passed = undefined;
    // What fails from here on is not of this call.
    this.#run.reach(this.#call + 1, true);
    if (rows) for (const note of noteRead(rows, this.#call)) this.#note(note);
    this.#note({ event: "done", call: this.#call, milliseconds: this.#target.clock() - this.#began });
    if (this.#isOutside) await this.#commitNotes();
  }

  async finish(milliseconds: number, detail: string | undefined, entries: Pick<StatementSink, "run">): Promise<void> {
    // Of a revision that was never committed in part, its end says all there is to say.
    const notes = this.#hasStarted ? this.#addDigests(this.#buffer) : [];
    this.#buffer = [];
    const finished: HistoryNote = {
      event: "finished",
      ...(this.#run.notesStatements && { milliseconds }),
      ...(detail !== undefined && { detail }),
    };
    await this.#run.write(entries, this.#subject, [...notes, finished]);
  }

  /** The digest of the last call. */
  #takeDigest(): string {
    for (const call of this.#calls.slice(this.#digests.length)) {
      this.#digests.push(chainDigest(this.#digests.at(-1) ?? "", call));
    }
    return this.#digests.at(-1) ?? "";
  }

  #addDigests(notes: readonly HistoryNote[]): readonly HistoryNote[] {
    this.#takeDigest();
    return notes.map((note) => {
      const digest = note.call === undefined ? undefined : this.#digests[note.call - 1];
      return digest === undefined ? note : { ...note, digest };
    });
  }

  /** Nothing has been done yet in a transaction that is left here: an earlier run has done it. */
  async #doOutside<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#isOutside) return work();
    const { dialect, frame } = this.#target;
    await frame(dialect.transaction.commit);
    const result = await work();
    await frame(dialect.transaction.begin);
    return result;
  }

  async #write(notes: readonly HistoryNote[]): Promise<void> {
    await this.#run.write(this.#target.entries, this.#subject, notes);
  }

  /** Keeps a note until something commits; a script has none. */
  #note(note: HistoryNote): void {
    if (this.#run.notesStatements) this.#buffer.push(note);
  }

  async #flush(): Promise<void> {
    if (!this.#run.notesStatements) return;
    const own = this.#addDigests(this.#buffer);
    const notes: readonly HistoryNote[] = this.#hasStarted ? own : [{ event: "started" }, ...own];
    this.#buffer = [];
    this.#hasStarted = true;
    if (notes.length > 0) await this.#write(notes);
  }

  async #beginOwn(): Promise<void> {
    if (this.#hasOwn) return;
    this.#hasOwn = true;
    await this.#target.frame(this.#target.dialect.transaction.begin);
  }

  async #endOwn(): Promise<void> {
    if (!this.#hasOwn) return;
    await this.#target.frame(this.#target.dialect.transaction.commit);
    this.#hasOwn = false;
  }

  /** Ends the transaction of a call, with all that there is to note. */
  async #commitNotes(): Promise<void> {
    if (this.#buffer.length > 0) {
      await this.#beginOwn();
      await this.#flush();
    }
    await this.#endOwn();
  }

  async #read<Result>(sql: string, query: () => Promise<Result>): Promise<Result> {
    if (this.#isOutside) await this.#frameOwn(sql);
    return query();
  }

  /** A transaction around what is set for the session would make it void, as with `PRAGMA foreign_keys`; what comes first in a call needs none. */
  async #frameOwn(sql: string): Promise<void> {
    const { staysInSession } = this.#target.dialect.journal;
    const current = this.#statements[this.#part];
    const passed = this.#left.slice(0, current ? Math.max(0, this.#left.indexOf(current)) : 0);
    const isSetting = [...passed.map((one) => one.sql), sql].every(staysInSession);
    await (isSetting ? this.#endOwn() : this.#beginOwn());
  }

  async #runStatement(statement: Statement): Promise<number> {
    const { statements, dialect } = this.#target;
    const { begin, commit } = dialect.transaction;
    if (statement === commit) {
      await this.#notePassed();
      await this.#flush();
      const changed = await statements.run(statement);
      this.#isOutside = true;
      return changed;
    }
    if (statement === begin) {
      this.#isOutside = false;
      return statements.run(statement);
    }
    const isGuard = statement.guard !== undefined;
    if (!isGuard) this.#part = Math.max(this.#part, this.#statements.indexOf(statement));
    const isNoted = !isGuard && dialect.journal.takesEffectAlone(statement.sql);
    if (isNoted) await this.#announceStatement(statement);
    // Guards too: what they find has to hold until the rest of the call has run.
    else if (this.#isOutside) await this.#frameOwn(statement.sql);
    const changed = await (isNoted ? this.#runNoted(statement) : statements.run(statement));
    if (this.#passed !== undefined) this.#passed = Math.max(this.#passed, this.#statements.indexOf(statement) + 1);
    return changed;
  }

  async #runNoted(statement: Statement): Promise<number> {
    try {
      return await this.#target.statements.run(statement);
    } catch (error) {
      this.#run.refuse(Math.max(0, this.#part), this.#target.dialect.describeDatabaseError(error));
      throw error;
    }
  }

  /** Notes which statements of a call are committed with what came before it, where a commit comes in its middle. */
  async #notePassed(): Promise<void> {
    const next = this.#passed === undefined || this.#passed === 0 ? undefined : this.#statements[this.#passed];
    if (next && this.#run.notesStatements) await this.#noteRunning(next, this.#statements.indexOf(next));
  }

  async #noteRunning({ sql }: Statement, part: number): Promise<void> {
    const { dialect, connection } = this.#target;
    const before = await dialect.journal.capture(connection, sql);
    this.#note({ event: "running", call: this.#call, detail: writeRunning(this.#statements, part, before) });
  }

  /** Notes what no rollback will take back, so that it is looked for when nobody saw its end. */
  async #announceStatement(statement: Statement): Promise<void> {
    if (this.#run.notesStatements) await this.#noteRunning(statement, Math.max(0, this.#part));
    await (this.#isOutside ? this.#commitNotes() : this.#flush());
  }
}

/** Makes the journal of one step of a run. */
export function createStepJournal(run: RunJournal, subject: HistorySubject, target: StepJournalTarget): StepJournal {
  return new Accompaniment(run, subject, target);
}

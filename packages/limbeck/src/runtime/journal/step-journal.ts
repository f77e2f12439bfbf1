import type { Connection, Row } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { Statement } from "../../dialect/statement.ts";
import type { StatementSink } from "../statement-sink.ts";
import type { CallJournal } from "./call-journal.ts";
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
  readonly entries: StatementSink;
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
  /** Notes that the revision came to its end; to be called inside the transaction that moves the version rows. */
  finish(milliseconds: number): Promise<void>;
}

/** Of more rows nothing is kept: a later run reads them again. */
const MOST_ROWS = 10_000;

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
  #part = -1;
  #began = 0;

  constructor(run: RunJournal, subject: HistorySubject, target: StepJournalTarget) {
    this.#run = run;
    this.#subject = subject;
    this.#target = target;
    const open = run.notesStatements ? run.takeOpen() : undefined;
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
      query: query && ((sql, parameters) => this.#read(() => query(sql, parameters))),
    };
  }

  async begin(call: Parameters<StepJournal["begin"]>[0]): ReturnType<StepJournal["begin"]> {
    this.#call += 1;
    this.#calls.push(call);
    this.#part = -1;
    this.#began = this.#target.clock();
    if (!this.#replay) return { kind: "run" };
    const fate = await this.#replay({ call: this.#call, digest: this.#takeDigest(), sql: call.sql });
    if (fate.kind === "rest") this.#statements = fate.statements;
    return fate;
  }

  announce(statements: readonly Statement[]): void {
    this.#statements = statements;
  }

  async advance(position: string): Promise<void> {
    if (!this.#run.notesStatements) return;
    this.#buffer.push({ event: "batch", call: this.#call, detail: position });
    await this.#commitCall();
  }

  async end(rows?: readonly Row[]): Promise<void> {
    if (!this.#run.notesStatements) return;
    const place = { call: this.#call };
    if (rows && rows.length <= MOST_ROWS) this.#buffer.push({ event: "read", ...place, detail: encodeValues(rows) });
    this.#buffer.push({ event: "done", ...place, milliseconds: this.#target.clock() - this.#began });
    await this.#commitCall();
  }

  async finish(milliseconds: number): Promise<void> {
    // Of a revision that was never committed in part, its end says all there is to say.
    const notes = this.#hasStarted ? this.#addDigests(this.#buffer) : [];
    this.#buffer = [];
    const finished: HistoryNote = { event: "finished", ...(this.#run.notesStatements && { milliseconds }) };
    await this.#write([...notes, finished]);
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

  async #flush(): Promise<void> {
    const own = this.#addDigests(this.#buffer);
    const notes: readonly HistoryNote[] = this.#hasStarted ? own : [{ event: "started" }, ...own];
    this.#buffer = [];
    this.#hasStarted = true;
    if (notes.length > 0) await this.#write(notes);
  }

  /** What a call outside of the transaction has done is committed together with what is noted of it. */
  async #commitCall(): Promise<void> {
    if (!this.#isOutside) return;
    await this.#beginOwn();
    await this.#flush();
    await this.#endOwn();
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

  async #read<Result>(query: () => Promise<Result>): Promise<Result> {
    if (this.#isOutside && this.#run.notesStatements) await this.#beginOwn();
    return query();
  }

  async #runStatement(statement: Statement): Promise<number> {
    const { statements, dialect } = this.#target;
    const { begin, commit } = dialect.transaction;
    if (!this.#run.notesStatements || statement.guard !== undefined) return statements.run(statement);
    if (statement === commit) {
      await this.#flush();
      const changed = await statements.run(statement);
      this.#isOutside = true;
      return changed;
    }
    if (statement === begin) {
      this.#isOutside = false;
      return statements.run(statement);
    }
    this.#part = Math.max(this.#part, this.#statements.indexOf(statement));
    if (dialect.journal.takesEffectAlone(statement.sql)) await this.#announceStatement(statement);
    else if (this.#isOutside) await this.#beginOwn();
    return statements.run(statement);
  }

  /** Notes what no rollback will take back, so that it is looked for when nobody saw its end. */
  async #announceStatement({ sql }: Statement): Promise<void> {
    const { dialect, connection } = this.#target;
    const before = await dialect.journal.capture(connection, sql);
    const detail = writeRunning(this.#statements, Math.max(0, this.#part), before);
    this.#buffer.push({ event: "running", call: this.#call, detail });
    if (!this.#isOutside) return this.#flush();
    await this.#commitCall();
  }
}

/** Makes the journal of one step of a run. */
export function createStepJournal(run: RunJournal, subject: HistorySubject, target: StepJournalTarget): StepJournal {
  return new Accompaniment(run, subject, target);
}

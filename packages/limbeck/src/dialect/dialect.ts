import type { DiffRules } from "../diff/diff-rules.ts";
import type { LossRules } from "../ops/describe/loss-rules.ts";
import type { OperationTable, SqlValue } from "../ops/operation.ts";
import type { ColumnType } from "../schema/model/column-type.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { CommitBoundary } from "./commit-boundary.ts";
import type { Connection } from "./connection.ts";
import type { ContentionRules, Limits, UsualPatience } from "./contention-rules.ts";
import type { JournalRules } from "./journal-rules.ts";
import type { ReplicaRules } from "./replica-watch.ts";
import type { RowRules } from "./row-rules.ts";
import type { ScriptStatement, Statement } from "./statement.ts";
import type { RunHolder } from "../kernel/run-holder.ts";
import type { StopSignal } from "./stop-signal.ts";

/** What a compiler may know besides the operation. */
export interface CompileContext {
  /** The schema before the operation; only filled when {@link Dialect.needsSchema} asked for it. */
  readonly before: Schema;
  /** The schema after it: `apply(operation, before)`. */
  readonly after: Schema;
  /** Version of the engine that will run the statements, for example `3.40.1`. */
  readonly serverVersion: string;
}

/** Something in the database that the schema model cannot hold; it is left alone and reported. */
export interface UnmanagedObject {
  /** The engine's word for it, for example `virtual table`. */
  readonly kind: string;
  readonly name: string;
  readonly reason: string;
  /** The statement that creates it in an empty database; absent when something else creates it along. */
  readonly definition?: string;
  /** The statement that takes back `definition`. */
  readonly drop?: string;
}

/** What may be in a database, and is not shown to whoever asks: nobody can tell whether it is there, or what it is. */
export interface UnreadObject {
  /** The engine's word for it, for example `view`. */
  readonly kind: string;
  /** Absent where it may be any of its kind that was not read. */
  readonly name?: string;
}

/** What a database says it holds. */
export interface Introspection {
  readonly schema: Schema;
  readonly unmanaged: readonly UnmanagedObject[];
  /** Absent where everything is shown. */
  readonly unread?: readonly UnreadObject[];
}

/** What is looked at: everything, or what is in the one schema that the URL names. */
export type IntrospectionScope = "all" | "own";

/** Reads what a database holds again and again; what has not changed in between is not read anew. */
export interface SchemaReader {
  /** See {@link Dialect.introspect}. */
  readonly introspect: () => Promise<Introspection>;
  /** See {@link Dialect.takeFingerprint}. */
  readonly takeFingerprint: () => Promise<readonly string[]>;
}

/** A database: its URL, or an open database object of a driver, which is used as it is and not closed. */
export type DatabaseTarget = string | object;

/** What a server tells beside its answers. */
export interface ServerNotice {
  /** The engine's word: `NOTICE`, `WARNING`. */
  readonly severity: string;
  readonly message: string;
}

/** By which way a database is reached: what its URL does not say. */
export interface Reach {
  /** The npm package to reach it through, where an engine has several. Default: the one that needs the least installed. */
  readonly driver?: string;
  /** The environment, from which the clients of some engines take what a URL leaves out. Default: that of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gives the password that a URL leaves out; asked when a server wants one. */
  readonly readPassword?: () => Promise<string>;
  /** Hears what a server tells beside its answers. Default: nobody does. */
  readonly onNotice?: (notice: ServerNotice) => void;
}

/** How a connection is opened. */
export interface ConnectOptions extends Reach {
  /** Refuse to create a database that does not exist, and refuse to write. Default false. */
  readonly readOnly?: boolean;
  /** How long to wait for another session's lock, in milliseconds. Default: what the dialect takes for sensible. */
  readonly busyTimeout?: number;
  readonly wait?: WaitHooks;
}

/** Who hears of a wait for another session, and who ends it. */
export interface WaitHooks {
  /** Called once, when it takes long enough for a person to wonder, with what is waited for: "another run ...". */
  readonly onWait?: (reason: string) => void;
  /** Ends the wait; what was waited for fails with a LockError (stoppedWaiting). */
  readonly signal?: StopSignal | undefined;
}

/** How a throw-away database is had. */
export interface ScratchOptions extends Reach {
  /** The database that it is to be like: on the same server, of the same version. Engines that need no server do without. */
  readonly beside?: DatabaseTarget;
  /** URL of an empty database that is used, and emptied again, where none may be created. */
  readonly url?: string;
}

/** How the migration lock is taken. */
export interface LockOptions extends Reach, WaitHooks {
  /** The version table: runs with different ones are independent of each other. */
  readonly versionTable?: string;
}

/** A held migration lock, and the ways to what it protects: whatever goes on through them ends before the next run begins. */
export interface Lock {
  /** Opens the locked database. */
  connect(options?: Omit<ConnectOptions, keyof Reach>): Promise<Connection>;
  /** Opens another session with its server, to look at what the one that works waits for. Absent where there can be none. */
  readonly connectBeside?: () => Promise<Connection>;
  /** Removes the locked database, or everything in it; for `reset`. */
  erase(): Promise<void>;
  /** Lets the next run begin; a second call does nothing. */
  release(): Promise<void>;
}

/** How an engine frames the statements of one revision. */
export interface TransactionRules {
  /** Runs on the connection before the first revision, outside any transaction. */
  readonly prologue: readonly Statement[];
  readonly begin: Statement;
  readonly commit: Statement;
  readonly rollback: Statement;
  /**
   * Whether a statement commits by itself what was done before it, and what it does, so that no rollback takes it back. Absent where no statement does but those
   * that end a transaction.
   */
  readonly commitsImplicitly?: (sql: string) => boolean;
  /** Whether the engine refuses because another session is at work, so that it is worth another try. Absent where it waits by itself. */
  readonly isBusy?: (error: unknown) => boolean;
  /** What can be used only once it is committed. Absent where everything can be used at once. */
  readonly commitBoundary?: CommitBoundary;
  /** Runs after the last revision, outside any transaction. */
  readonly epilogue: readonly Statement[];
}

/** What outlives the transaction of a revision in its session, and would reach into the next one: settings, temporary objects. */
export interface SessionRules {
  /** Whether a statement may change any of it. */
  readonly mayChange: (sql: string) => boolean;
  /**
   * Takes note of what the session is like.
   *
   * @returns gives the statements that make it so again, to be run outside any transaction
   */
  readonly remember: (connection: Connection) => Promise<() => Promise<readonly Statement[]>>;
}

/** What things have that no revision says, and that they lose when they are made anew: whose they are, for example. */
export interface BelongingRules {
  /** Takes note of it, in the transaction of a revision, before anything goes. */
  readonly remember: Statement;
  /** Gives it to what is there again under its name; does nothing where a commit came in between, unless it was carried over that. */
  readonly restore: Statement;
  /** Carries the note over a commit, from the transaction into the session. */
  readonly carry: Statement;
  /** Takes away what was carried. */
  readonly forget: Statement;
}

/** A table with a reference that the engine cannot check, because what it points to is not unique for example. */
export interface UncheckableTable {
  readonly table: string;
  /** What it was called when {@link ReferenceRules.begin} ran; its own name if it is new. */
  readonly before: string;
  /** The engine's own words. */
  readonly problem: string;
}

/** How rows that point nowhere are found, for engines that do not check references while a revision runs. */
export interface ReferenceRules {
  /** Takes note of the tables there are, before anything else. */
  readonly begin: Statement;
  /** Takes stock of what points nowhere in all tables but those that cannot be checked. */
  readonly stock: (without: readonly string[]) => Statement;
  /** The same where nobody knows what pointed nowhere before: nothing counts as having done so. */
  readonly emptyStock: Statement;
  /** Takes note that a table gets another name. */
  readonly renameTable: (from: string, to: string) => Statement;
  /**
   * Finds what points nowhere and is not in the stock.
   *
   * @param without tables that cannot be checked now
   * @param forgiven what tables were called before that could not be checked then, and so are not in the stock
   */
  readonly guard: (without: readonly string[], forgiven: readonly string[]) => Statement;
  /** What is wrong with the keys that point to a table which was there in the beginning and is gone, rows or no rows; asked before {@link ReferenceRules.end}. */
  readonly findForsaken: (connection: Connection) => Promise<readonly string[]>;
  /** Throws the notes and the stock away. */
  readonly end: readonly Statement[];
  /** The tables that cannot be checked; asked, after {@link ReferenceRules.begin}, when checking all of them at once fails. */
  readonly findUncheckable: (connection: Connection) => Promise<readonly UncheckableTable[]>;
}

/** A view or a trigger that the engine cannot compile. */
export interface BrokenObject {
  /** The engine's word for it. */
  readonly kind: string;
  readonly name: string;
  /** The engine's own words, which name what is missing. */
  readonly problem: string;
}

/** How drizzle-kit writes the tables of an engine as statements. */
export interface DrizzleKitRules {
  /** What Drizzle calls its tables of this engine. */
  readonly tableKind: string;
  /** Where drizzle-kit does it; the place differs between versions. */
  readonly entries: readonly DrizzleKitEntry[];
}

/** Functions of a module of drizzle-kit. */
export interface DrizzleKitEntry {
  readonly module: string;
  /** Takes the exports of a module, and gives a snapshot. */
  readonly snapshot: string;
  /** Where among what it takes the spelling of names is said, counted from 0. */
  readonly casingAt: number;
  /** Takes two snapshots, and gives the statements that lead from one to the other. */
  readonly compare: string;
}

/** One database engine: everything the tool has to know about it, as one plain object. */
export interface Dialect extends LossRules {
  /** The name in URLs and options, for example `sqlite`. */
  readonly name: string;
  /** URL schemes that lead here, without the colon. */
  readonly schemes: readonly string[];
  readonly quoteIdentifier: (name: string) => string;
  /** The name of a table, a view or the like as the model has it; where the engine has schemas, it may name one in front. */
  readonly quoteName: (name: string) => string;
  /** A value as SQL text, for scripts. */
  readonly quoteLiteral: (value: SqlValue) => string;
  /**
   * What stands in a statement for a bound value.
   *
   * @param position which value, from 1
   * @param type of the value, where nothing else of the statement tells it
   */
  readonly placeholder: (position: number, type?: ColumnType) => string;
  /** A condition that holds where a quoted column of text has other letters than a placeholder stands for. Absent where `<>` tells all of them apart. */
  readonly differsFromText?: (column: string, placeholder: string) => string;
  readonly types: {
    /** The type in the engine's words. */
    readonly render: (type: ColumnType) => string;
    /** The portable kind behind the engine's words, or `raw`. */
    readonly parse: (sql: string) => ColumnType;
  };
  /**
   * Whether the engine keeps definitions in a spelling of its own, so that what an operation drops or changes is found by its name and not by its definition.
   * Absent where it keeps them as they were written.
   */
  readonly respells?: true;
  /** Whether a unique constraint is a unique index to the engine, and dropped as either. Absent where the two are different things. */
  readonly uniqueIsIndex?: true;
  /** Whether an index may hold some of the rows only. */
  readonly hasPartialIndexes: boolean;
  /** Whether compiling an operation of this kind needs the schema it meets. */
  readonly needsSchema: OperationTable<boolean>;
  readonly compile: OperationTable<readonly Statement[], [CompileContext]>;
  /** @param scope default: all */
  readonly introspect: (connection: Connection, scope?: IntrospectionScope) => Promise<Introspection>;
  /** Whether a URL names a schema to work in, beside which there may be many that are others' business. Absent where a database is one schema. */
  readonly namesOneSchema?: (url: string) => boolean;
  /**
   * What the engine's own catalogue says the database holds, one fact a line, sorted: a second opinion on {@link Dialect.introspect}, which shares no code
   * with it. How statements are spelled, and the order of columns, leave no trace in it.
   */
  readonly takeFingerprint: (connection: Connection) => Promise<readonly string[]>;
  /** Makes what reads one database many times: a table that is still the same is the same object in every answer. */
  readonly createSchemaReader: (connection: Connection) => SchemaReader;
  readonly rows: RowRules;
  /** Whether the database has a table of that name; cheaper than an introspection. */
  readonly hasTable: (connection: Connection, name: string) => Promise<boolean>;
  /**
   * The values, NULL aside, that stop a change of type, as a condition on a quoted column; empty where there may be some that no condition finds, undefined where
   * there are none.
   */
  readonly findMisfit: (column: string, from: ColumnType, to: ColumnType) => string | undefined;
  /** How two schemas of this engine are compared. */
  readonly diffRules: DiffRules;
  /** Absent where Drizzle does not know the engine. */
  readonly drizzle?: DrizzleKitRules;
  readonly transaction: TransactionRules;
  readonly journal: JournalRules;
  readonly session: SessionRules;
  readonly patience: UsualPatience;
  /** Absent where no session waits in a statement for another one. */
  readonly contention?: ContentionRules;
  /** Absent where a database has no copies that follow it. */
  readonly replicas?: ReplicaRules;
  /** Lines of a script that limit the statements behind them as a run limits its own. */
  readonly renderScriptLimits: (limits: Limits) => readonly string[];
  /** Absent where things have nothing of the kind. */
  readonly belongings?: BelongingRules;
  /** Absent where the engine itself refuses rows that point nowhere. */
  readonly references?: ReferenceRules;
  /**
   * Views and triggers that fail as soon as they are used, for engines that let go what these need. What only an application brings along, such as a function
   * of its own, is not held against them. To be called in a transaction. Absent where the engine itself looks after them.
   */
  readonly findBroken?: (connection: Connection) => Promise<readonly BrokenObject[]>;
  /** The oldest version that scripts are written for unless another is asked for. */
  readonly oldestVersion: string;
  /** Lines that a script begins with, so that the vendor's own client stops at the first error. */
  readonly scriptHeader?: string;
  /**
   * Lines behind it that have names lead where they do in a database; empty where a session of the client does so by itself. Absent where names lead to one place only.
   *
   * @param connection to that database, or to a scratch database beside it
   */
  readonly readScriptSettings?: (connection: Connection) => Promise<string>;
  /** Turns a statement into text that the vendor's own client runs from a script; guards stop the script. */
  readonly renderScriptStatement: (statement: Statement) => string;
  /**
   * Splits a script of the vendor's own client into its statements.
   *
   * @throws ConnectionError (unfinishedScript) when a quotation mark, a comment or a body is not closed
   */
  readonly splitScript: (script: string) => readonly ScriptStatement[];
  /** @throws LimbeckError when the target cannot be used */
  readonly connect: (target: DatabaseTarget, options?: ConnectOptions) => Promise<Connection>;
  /**
   * The URL of the database behind an open object of one of the engine's drivers, for people and for nothing else; undefined for any other object.
   *
   * @throws LimbeckError when it is closed
   */
  readonly identifyConnection: (connection: object) => string | undefined;
  /**
   * An empty throw-away database of this engine, gone when it is closed.
   *
   * @param options without a driver its version may differ from that of the database a run works on
   */
  readonly openScratch: (options?: ScratchOptions) => Promise<Connection>;
  /**
   * An empty throw-away database of this engine in this process, of whatever version, where the server lets none be had; undefined where none is installed.
   * Absent for engines that have none.
   */
  readonly openStandIn?: () => Promise<Connection | undefined>;
  /**
   * A schema as it was written, with what the engine takes for something else in its place, and without names that it does not keep; the spelling of texts and
   * types aside. Absent where it keeps what is written.
   */
  readonly respellSchema?: (schema: Schema) => Schema;
  /**
   * The settings behind a connection that change how statements are understood and how the engine writes down what it keeps, so that the same statements with the
   * same settings always come to the same. Absent where a scratch database is had at once, and nothing has to be remembered of it.
   */
  readonly readSettings?: (connection: Connection) => Promise<string>;
  /** The statement after which each later one of the session is stopped when it takes longer, in milliseconds. Absent where the engine has none. */
  readonly limitTime?: (milliseconds: number) => string;
  /** Whether two versions of the engine keep the same definitions in the same words. */
  readonly spellsAlike: (version: string, other: string) => boolean;
  /**
   * A throw-away copy of a database with all its rows, gone when it is closed; the original is only read.
   *
   * @param options as for a scratch database
   */
  readonly openCopy: (original: Connection, options?: ScratchOptions) => Promise<Connection>;
  /**
   * Takes the lock that keeps two runs apart.
   *
   * @param timeout how long to wait for another holder, in milliseconds
   * @throws LockError when another run still holds it, or the wait is ended
   */
  readonly acquireLock: (target: DatabaseTarget, timeout: number, options?: LockOptions) => Promise<Lock>;
  /** The run that has the lock, as somebody finds who neither takes it nor waits for it; undefined where no run has it. */
  readonly findRun: (
    connection: Connection,
    target: DatabaseTarget,
    versionTable: string,
  ) => Promise<RunHolder | undefined>;
  /** The table in which the lock may be a row, by the name of the version table; it is no part of the schema. Absent where no lock is one. */
  readonly nameLockTable?: (versionTable: string) => string;
  /** The URL with a relative path in it made absolute, counted from a folder. */
  readonly resolveUrl: (url: string, folder: string) => string;
  /** The URL with any password replaced. */
  readonly redactUrl: (url: string) => string;
  /** The engine's own words of what went wrong, one line. */
  readonly describeDatabaseError: (error: unknown) => string;
  /** Whether it is values that stand against a statement, most often those of the rows that are there, and not the statement itself. */
  readonly blamesRows: (error: unknown) => boolean;
  /** A sentence about a refused statement that says what the error does not; undefined where nothing is to be added. Absent where nothing ever is. */
  readonly adviseOnStatement?: (error: unknown, sql: string) => string | undefined;
  /** Whether an error of the driver tells that the session is gone. Absent where nothing lies between the tool and its database. */
  readonly tellsLoss?: (error: unknown) => boolean;
}

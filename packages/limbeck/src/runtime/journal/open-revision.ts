import type { Row } from "../../dialect/connection.ts";
import type { Verdict } from "../../dialect/journal-rules.ts";
import type { Statement } from "../../dialect/statement.ts";
import { decodeValues, encodeValues } from "./encode-value.ts";
import type { HistoryEntry, HistorySubject } from "./history-entry.ts";

/** A statement that was sent, and whose end nobody saw. */
export interface Doubt {
  readonly call: number;
  /** The digest of the call and of all before it. */
  readonly digest: string;
  /** The statements of the call, and which of them it is, from 0. */
  readonly statements: readonly Statement[];
  readonly part: number;
  /** What it was going to change, as it was before. */
  readonly before: string;
  /** What a person said became of it, or the run that it failed in saw. */
  readonly resolved?: Exclude<Verdict, "unknown">;
  /** The error that the database answered it with, where that is the last that was heard of it. */
  readonly refusal?: string;
  /** Whether a statement of the call, this one or one that an earlier run sent in its place, was refused and may have left something. */
  readonly mayHaveLeft: boolean;
}

/** A revision of which something is committed, and which has not come to its end. */
export interface OpenRevision extends HistorySubject {
  readonly direction: "upgrade" | "downgrade";
  /** The session that last worked on it. */
  readonly session: string;
  /** The calls up to this one have ended. */
  readonly doneUpTo: number;
  /** The digests of calls that have ended. */
  readonly digests: ReadonlyMap<number, string>;
  /** What its reads gave, by the number of the call. */
  readonly reads: ReadonlyMap<number, readonly Row[]>;
  readonly doubt?: Doubt;
  /** How far the call behind those that have ended has come. */
  readonly position?: string;
  /** Why it failed, where that is the last that was heard of it. */
  readonly failure?: string;
}

/** After these a revision is over, one way or the other. */
const CLOSING: ReadonlySet<HistoryEntry["event"]> = new Set(["finished", "rolled back", "stamped"]);

/** What is told of a revision after its statements. */
const AFTERWARDS: ReadonlySet<HistoryEntry["event"]> = new Set(["failed", "refused", "resolved"]);

interface RunningDetail {
  readonly before: string;
  readonly part: number;
  readonly statements: readonly (Omit<Statement, "parameters"> & { readonly parameters?: string })[];
}

/** What a `running` entry has to say. */
export function writeRunning(statements: readonly Statement[], part: number, before: string): string {
  const detail: RunningDetail = {
    before,
    part,
    statements: statements.map(({ parameters, ...statement }) => ({
      ...statement,
      ...(parameters && { parameters: encodeValues(parameters) }),
    })),
  };
  return JSON.stringify(detail);
}

function readRunning({ call, digest, detail }: HistoryEntry): Omit<Doubt, "mayHaveLeft"> {
  // Only writeRunning makes such texts.
  const { before, part, statements } = JSON.parse(detail) as RunningDetail;
  return {
    call,
    digest,
    before,
    part,
    statements: statements.map(({ parameters, ...statement }) => ({
      ...statement,
      ...(parameters !== undefined && { parameters: decodeValues(parameters) }),
    })),
  };
}

/** A statement whose end nobody noted, with what was said of it, and what the database answered. */
function readDoubt(own: readonly HistoryEntry[], running: number, last: HistoryEntry): Doubt {
  const resolved = own.findLastIndex(({ event }) => event === "resolved");
  const refused = own.findLastIndex(({ event, call }) => event === "refused" && call === last.call);
  const said = resolved > running ? own[resolved]?.detail : undefined;
  const isSaid = said === "applied" || said === "notApplied";
  const mayHaveLeft = refused > resolved;
  return {
    ...readRunning(last),
    mayHaveLeft,
    ...(isSaid && { resolved: said }),
    ...(mayHaveLeft && refused > running && { refusal: own[refused]?.detail ?? "" }),
  };
}

/** What each read gave, by the number of the call. */
function gatherReads(entries: readonly HistoryEntry[]): ReadonlyMap<number, readonly Row[]> {
  const reads = Map.groupBy(
    entries.filter(({ event }) => event === "read"),
    ({ call }) => call,
  );
  return new Map(
    Array.from(reads, ([call, parts]) => [call, parts.flatMap(({ detail }) => decodeValues<Row>(detail))]),
  );
}

/** How far a call has come that works in batches; undefined where it has not begun. */
function findPosition(entries: readonly HistoryEntry[], number: number): string | undefined {
  return entries.findLast(({ event, call }) => event === "batch" && call === number)?.detail;
}

/**
 * What the entries of a journal say of the revision that its last run left in the middle.
 *
 * @param entries the last ones, in their order: those behind the last `started` at least
 * @returns undefined when the last revision is over
 */
export function findOpenRevision(entries: readonly HistoryEntry[]): OpenRevision | undefined {
  const start = entries.findLastIndex(({ event }) => event === "started");
  const first = entries[start];
  if (!first || first.direction === "stamp") return undefined;
  const own = entries.slice(start);
  if (own.some(({ event }) => CLOSING.has(event))) return undefined;
  const done = own.filter(({ event }) => event === "done");
  const noted = Math.max(0, ...done.map(({ call }) => call));
  const running = own.findLastIndex(({ event, call }) => event === "running" && call > noted);
  const last = own[running];
  // A statement is noted together with the end of all calls before its own.
  const doneUpTo = last ? last.call - 1 : noted;
  const position = findPosition(own, doneUpTo + 1);
  const latest = own.findLast(({ event }) => event !== "resolved" && event !== "refused");
  const failure = latest?.event === "failed" ? latest.detail : "";
  return {
    revision: first.revision,
    direction: first.direction,
    checksum: own.findLast(({ event }) => !AFTERWARDS.has(event))?.checksum ?? "",
    session: own.at(-1)?.session ?? "",
    doneUpTo,
    digests: new Map(done.map(({ call, digest }) => [call, digest])),
    reads: gatherReads(own),
    ...(position !== undefined && { position }),
    ...(failure !== "" && { failure }),
    ...(last && { doubt: readDoubt(own, running, last) }),
  };
}

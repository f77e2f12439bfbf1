import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { Verdict } from "../../dialect/journal-rules.ts";
import type { Statement } from "../../dialect/statement.ts";
import { journalErrors } from "../../kernel/errors/journal-errors.ts";
import type { Fate, PassOver } from "./call-journal.ts";
import { encodeValues } from "./encode-value.ts";
import type { Doubt, OpenRevision } from "./open-revision.ts";
import { followTemporaryTables, type CallText } from "./temporary-tables.ts";

/** A call by its place, and the digest of it and of all before it. */
export interface PlacedCall extends CallText {
  readonly call: number;
  readonly digest: string;
}

/** What an earlier run is compared with. */
interface ReplayTarget {
  readonly dialect: Dialect;
  readonly connection: Connection;
  /** Whether the file is the one that the earlier run had: then its calls are the same, also where they depend on chance. */
  readonly isSameFile: boolean;
  /** Does some work outside of the transaction: what is cleared away may need that. */
  readonly outside: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

const RUN: Fate = { kind: "run" };

const isSameStatement = (one: Statement, other: Statement | undefined): boolean =>
  one.sql === other?.sql && encodeValues(one.parameters ?? []) === encodeValues(other.parameters ?? []);

/** What became of the statement in doubt, as far as the database answered it, or shows it. */
export async function judgeDoubt({ journal }: Dialect, connection: Connection, doubt: Doubt): Promise<Verdict> {
  const sql = doubt.statements[doubt.part]?.sql ?? "";
  if (doubt.refusal === undefined || !journal.judgeRefused) return journal.settle(connection, sql, doubt.before);
  return (await journal.judgeRefused(connection, sql, doubt.before)) === "unknown" ? "unknown" : "notApplied";
}

/** The same, but what a person said comes first. */
const decide = async (dialect: Dialect, connection: Connection, doubt: Doubt): Promise<Verdict> =>
  doubt.resolved ?? judgeDoubt(dialect, connection, doubt);

/**
 * Makes what tells of each call of a revision whether an earlier run has done it.
 *
 * @returns undefined once the calls are beyond what the earlier run came to
 */
export function replayCalls(
  open: OpenRevision,
  { dialect, connection, isSameFile, outside }: ReplayTarget,
): (at: PlacedCall) => Promise<Fate> {
  const { revision, direction, doneUpTo, digests, reads, doubt, position } = open;
  const isOther = (at: PlacedCall, digest: string | undefined): boolean =>
    !isSameFile && digest !== undefined && digest !== at.digest;
  const refuse = ({ call }: PlacedCall, parts?: number): Error =>
    journalErrors.otherBeginning({ revision, direction, call, doneUpTo, parts });
  const refuseOther = (at: PlacedCall, digest: string | undefined): void => {
    if (isOther(at, digest)) throw refuse(at);
  };
  const ofSession = (statements: readonly Statement[]): readonly Statement[] =>
    statements.filter((one) => dialect.journal.staysInSession(one.sql));
  const passOver =
    (at: PlacedCall, passed: readonly Statement[]): PassOver =>
    (statements) => {
      const isSame = passed.every((one, index) => isSameStatement(one, statements[index]));
      if (!isSame) throw refuse(at, passed.length);
      return [...ofSession(statements.slice(0, passed.length)), ...statements.slice(passed.length)];
    };
  const settle = async (at: PlacedCall, { statements, part, digest, ...rest }: Doubt): Promise<Fate> => {
    const verdict = await outside(() => decide(dialect, connection, { statements, part, digest, ...rest }));
    const sql = statements[part]?.sql ?? "";
    if (verdict === "unknown") throw journalErrors.inDoubt({ revision, direction, sql, refusal: rest.refusal });
    const first = verdict === "applied" ? part + 1 : part;
    const passed = statements.slice(0, first);
    const again = ofSession(passed);
    const hasBegun = passed.some((one) => one.guard === undefined && !again.includes(one));
    // Nothing of it is there: as it stands in the file now, it can run from its beginning.
    if (!hasBegun) return RUN;
    // What other calls become depends on the schema, which has changed since.
    if (at.sql !== undefined && isOther(at, digest)) return { kind: "run", passOver: passOver(at, passed) };
    refuseOther(at, digest);
    const left = statements.slice(first);
    if (left.length === 0) return { kind: "done", rows: [] };
    return { kind: "rest", statements: [...again, ...left], all: statements };
  };
  const temporary = followTemporaryTables();
  return async (at) => {
    if (at.call <= doneUpTo) {
      refuseOther(at, digests.get(at.call));
      temporary.pass(at, at.call === doneUpTo);
      // What it set ended with the session that set it.
      if (at.sql !== undefined && dialect.journal.staysInSession(at.sql)) return RUN;
      return { kind: "done", rows: reads.get(at.call) ?? [] };
    }
    const table = temporary.findGone(at);
    if (table !== undefined) throw journalErrors.temporaryRowsGone({ revision, direction, table });
    if (position !== undefined && at.call === doneUpTo + 1) return { kind: "run", position };
    return doubt && doubt.call === at.call ? settle(at, doubt) : RUN;
  };
}

import type { Row } from "../../dialect/connection.ts";
import type { Statement } from "../../dialect/statement.ts";
import type { Call } from "./identify-call.ts";

/** What is to be done about a call. */
export type Fate =
  /** It has to run; behind the position that an earlier run came to in it, where there is one. Or behind the statements of it that an earlier run did. */
  | { readonly kind: "run"; readonly position?: string; readonly passOver?: PassOver }
  /** An earlier run did it; a read gave these rows. */
  | { readonly kind: "done"; readonly rows: readonly Row[] }
  /** An earlier run did a part of it, and this is the rest of all its statements. */
  | { readonly kind: "rest"; readonly statements: readonly Statement[]; readonly all: readonly Statement[] };

/**
 * What is left of the statements that a call has become, behind those that an earlier run did of it as it was then.
 *
 * @throws JournalError (otherBeginning) where it does not begin with those
 */
export type PassOver = (statements: readonly Statement[]) => readonly Statement[];

/** Accompanies the calls of a revision, one after the other. */
export interface CallJournal {
  /**
   * To be asked before each call.
   *
   * @throws JournalError when nobody can tell what became of it, or the file does not go on as it began
   */
  begin(call: Call): Promise<Fate>;
  /**
   * The statements that the call has become, before the first of them runs.
   *
   * @returns those that are left to run
   * @throws JournalError (otherBeginning) where an earlier run did a part of the call, and that is another one now
   */
  announce(statements: readonly Statement[]): readonly Statement[];
  /** A part of the call has been done, up to a position: what it changed is committed together with that. */
  advance(position: string): Promise<void>;
  /** The call has ended; a read gave these rows. */
  end(rows?: readonly Row[]): Promise<void>;
}

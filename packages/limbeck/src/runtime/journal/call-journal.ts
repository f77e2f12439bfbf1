import type { Row } from "../../dialect/connection.ts";
import type { Statement } from "../../dialect/statement.ts";
import type { Call } from "./identify-call.ts";

/** What is to be done about a call. */
export type Fate =
  /** It has to run; behind the position that an earlier run came to in it, where there is one. */
  | { readonly kind: "run"; readonly position?: string }
  /** An earlier run did it; a read gave these rows. */
  | { readonly kind: "done"; readonly rows: readonly Row[] }
  /** An earlier run did a part of it, and this is the rest. */
  | { readonly kind: "rest"; readonly statements: readonly Statement[] };

/** Accompanies the calls of a revision, one after the other. */
export interface CallJournal {
  /**
   * To be asked before each call.
   *
   * @throws JournalError when nobody can tell what became of it, or the file does not go on as it began
   */
  begin(call: Call): Promise<Fate>;
  /** The statements that the call has become, before the first of them runs. */
  announce(statements: readonly Statement[]): void;
  /** A part of the call has been done, up to a position: what it changed is committed together with that. */
  advance(position: string): Promise<void>;
  /** The call has ended; a read gave these rows. */
  end(rows?: readonly Row[]): Promise<void>;
}

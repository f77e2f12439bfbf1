import type { Row } from "../../dialect/connection.ts";
import type { Statement } from "../../dialect/statement.ts";
import type { Call } from "./identify-call.ts";

/** What is to be done about a call. */
export type Fate =
  | { readonly kind: "run" }
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
  /** The call has ended; a read gave these rows. */
  end(rows?: readonly Row[]): Promise<void>;
}

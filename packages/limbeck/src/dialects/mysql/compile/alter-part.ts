import type { Statement } from "../../../dialect/statement.ts";

/** A step of changing a table. */
export interface AlterPart {
  /** What ALTER TABLE says; several steps may stand in one statement. */
  readonly clauses: readonly string[];
  /** Whether it begins a statement of its own, because what comes before has to be done. */
  readonly isSeparate?: true;
  /** A statement besides, which runs after the clauses. */
  readonly statement?: Statement;
}

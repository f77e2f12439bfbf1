import type { SourceLocation } from "../kernel/errors/source-location.ts";
import type { RevisionCode } from "./module-loader.ts";

/** A statement of a `.sql` revision. */
export interface RevisionStatement {
  /** Without the final semicolon. */
  readonly sql: string;
  readonly location: SourceLocation;
}

/** What one direction of a revision does: code that is given `op`, or statements to run one after the other. */
export type RevisionBody = RevisionCode | readonly RevisionStatement[];

/** Both directions of a revision. */
export interface LoadedRevision {
  readonly upgrade: RevisionBody;
  /** Undefined where there is no way back. */
  readonly downgrade: RevisionBody | undefined;
  /** Whether it runs in a transaction. */
  readonly transactional: boolean;
}

/** A revision with the checksum of its file. */
export interface ReadRevision extends LoadedRevision {
  readonly checksum: string;
}

import type { Operation } from "../../ops/operation.ts";
import type { RevisionHeader } from "../../scripts/revision-header.ts";
import { decodeData, encodeData } from "../journal/encode-value.ts";

/** One operation of a way back. */
export interface KeptOperation {
  readonly operation: Operation;
  /** Whether it stands in `op.autocommit`. */
  readonly isOutside?: true;
}

/** A way back, or why there is none. */
export type KeptWay =
  | { readonly operations: readonly KeptOperation[]; readonly transactional: boolean }
  | { readonly notKept: string };

/** What the journal keeps of a revision, so that it can be taken back where its file is missing. */
export interface KeptRevision {
  readonly header: RevisionHeader;
  readonly message: string;
  readonly way: KeptWay;
}

/** Another number where older versions could not read what newer ones write. */
const FORMAT = 1;

/** A kept revision as text. */
export function writeKept(kept: KeptRevision): string {
  return encodeData({ format: FORMAT, ...kept });
}

/**
 * What {@link writeKept} has written.
 *
 * @returns undefined where there is nothing, or a version of Limbeck wrote it that keeps it in another way
 */
export function readKept(text: string): KeptRevision | undefined {
  if (!text.startsWith("{")) return undefined;
  // Only writeKept makes such texts, and says in which format.
  const { format, ...kept } = decodeData(text) as KeptRevision & { readonly format?: unknown };
  return format === FORMAT ? kept : undefined;
}

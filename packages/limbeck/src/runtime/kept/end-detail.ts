import type { Operation } from "../../ops/operation.ts";
import type { RevisionHeader } from "../../scripts/revision-header.ts";
import { decodeData, encodeData } from "../journal/encode-value.ts";
import type { SchemaSnapshot } from "./schema-snapshot.ts";

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

/** What the journal keeps with the end of a revision, or a stamp. */
export interface EndDetail {
  /** Of a revision that ran up. */
  readonly revision?: KeptRevision;
  /** What the database looked like, at the end of a run. */
  readonly snapshot?: SchemaSnapshot;
}

/** Another number where older versions could not read what newer ones write. */
const FORMAT = 1;

/** What is kept, as text. */
export function writeEndDetail(detail: EndDetail): string {
  return encodeData({ format: FORMAT, ...detail });
}

/** What {@link writeEndDetail} has written; nothing where there is nothing, or a version of Limbeck wrote it that keeps it in another way. */
export function readEndDetail(text: string): EndDetail {
  if (!text.startsWith("{")) return {};
  // Only writeEndDetail makes such texts, and says in which format.
  const { format, ...detail } = decodeData(text) as EndDetail & { readonly format?: unknown };
  return format === FORMAT ? detail : {};
}

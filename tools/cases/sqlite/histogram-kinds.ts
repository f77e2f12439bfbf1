import { COMMON_KINDS } from "../random/common-kinds.ts";
import type { HistogramKinds } from "../random/histogram.ts";

/** Every kind of object and of change that SQLite's schemas know; each must come up. */
export const SQLITE_KINDS: HistogramKinds = {
  objects: [
    ...COMMON_KINDS.objects,
    "table with strict",
    "table with withoutRowid",
    "column generated virtual",
    "unique constraint without a name",
    "check without a name",
    "foreign key deferred",
    "index partial",
    "index of an expression",
    "trigger of a view",
  ],
  changes: COMMON_KINDS.changes,
};

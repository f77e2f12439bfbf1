import { SERVER_KINDS } from "../random/common-kinds.ts";
import type { HistogramKinds } from "../random/histogram.ts";

/** The kinds of object and of change that come up in PostgreSQL's random schemas. */
export const POSTGRES_KINDS: HistogramKinds = {
  objects: [
    ...SERVER_KINDS.objects,
    "table with unlogged",
    "table with with",
    "foreign key deferred",
    "index partial",
    "index of an expression",
    "object: domain",
    "object: materialized view",
    "object: policy",
  ],
  changes: SERVER_KINDS.changes,
};

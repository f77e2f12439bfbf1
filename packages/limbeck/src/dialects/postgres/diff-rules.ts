import { DEFAULT_DIFF_RULES, type DiffRules } from "../../diff/diff-rules.ts";
import { splitName, splitSignature } from "./names.ts";
import { findObjectKind } from "./object-kinds.ts";
import type { PostgresColumnOptions } from "./options.ts";
import { canReplace } from "./replace-object.ts";
import { isSamePostgresExpression } from "./same-expression.ts";

/** How two schemas of PostgreSQL are compared: nearly letter by letter, because the server has spelled both sides. */
export const postgresDiffRules: DiffRules = Object.freeze({
  ...DEFAULT_DIFF_RULES,
  sameExpression: isSamePostgresExpression,
  columnOrder: "append",
  viewsHoldColumns: true,
  referencesHoldKeys: true,
  // A column that counts by an identity and one that counts by a sequence number their rows alike.
  idleColumnOptions: ["serial"] satisfies (keyof PostgresColumnOptions)[],
  namespaceOf: (name) => splitName(splitSignature(name).name).schema,
  comesBeforeTables: ({ kind }) => findObjectKind(kind)?.isBeforeTables ?? false,
  canReplace,
  findCalledName: ({ kind, name }) => (findObjectKind(kind)?.isCalled ? name : undefined),
  findHoldingText: ({ kind, definition }) => findObjectKind(kind)?.findHoldingText?.(definition) ?? definition,
} satisfies DiffRules);

import { DEFAULT_DIFF_RULES, type DiffRules } from "../../diff/diff-rules.ts";
import { carryRows } from "./carry-rows.ts";
import { findNoted } from "./find-noted.ts";
import { joinName, splitName, splitSignature } from "./names.ts";
import { findObjectKind } from "./object-kinds.ts";
import type { PostgresColumnOptions, PostgresCheckOptions, PostgresKeyOptions } from "./options.ts";
import { canReplace } from "./replace-object.ts";
import { isSamePostgresExpression } from "./same-expression.ts";

/** How two schemas of PostgreSQL are compared: nearly letter by letter, because the server has spelled both sides. */
export const postgresDiffRules: DiffRules = Object.freeze({
  ...DEFAULT_DIFF_RULES,
  sameExpression: isSamePostgresExpression,
  columnOrder: "append",
  viewsHoldColumns: true,
  viewsHaveAttached: true,
  referencesHoldKeys: true,
  // A column that counts by an identity and one that counts by a sequence number their rows alike.
  idleColumnOptions: ["serial", "notNullName"] satisfies (keyof PostgresColumnOptions)[],
  idleKeyOptions: ["partNames", "validParts"] satisfies (keyof PostgresKeyOptions | keyof PostgresCheckOptions)[],
  namespaceOf: (name) => {
    const { schema } = splitName(splitSignature(name).name);
    // As the schema itself is called in the model.
    return schema === undefined ? undefined : joinName({ schema: undefined, name: schema });
  },
  comesBeforeTables: ({ kind }) => findObjectKind(kind)?.isBeforeTables ?? false,
  comesLast: ({ kind }) => findObjectKind(kind)?.isSaying ?? false,
  mayGoUnsaid: ({ kind }) => findObjectKind(kind)?.mayGoUnsaid ?? false,
  findNoted,
  carryRows,
  canReplace,
  findCalledName: ({ kind, name }) => (findObjectKind(kind)?.isCalled ? name : undefined),
  findComparedText: ({ kind, definition }) => findObjectKind(kind)?.findComparedText?.(definition) ?? definition,
  findHoldingText: ({ kind, definition }) => findObjectKind(kind)?.findHoldingText?.(definition) ?? definition,
  isVolatile: (options) => options?.["postgres"]?.["unlogged"] === true,
} satisfies DiffRules);

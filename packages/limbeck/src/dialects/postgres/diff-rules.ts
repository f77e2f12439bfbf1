import { DEFAULT_DIFF_RULES, type DiffRules } from "../../diff/diff-rules.ts";
import type { PostgresColumnOptions } from "./options.ts";

/** How two schemas of PostgreSQL are compared: letter by letter, because the server has spelled both sides. */
export const postgresDiffRules: DiffRules = Object.freeze({
  ...DEFAULT_DIFF_RULES,
  columnOrder: "append",
  viewsHoldColumns: true,
  referencesHoldKeys: true,
  // A column that counts by an identity and one that counts by a sequence number their rows alike.
  idleColumnOptions: ["serial"] satisfies (keyof PostgresColumnOptions)[],
} satisfies DiffRules);

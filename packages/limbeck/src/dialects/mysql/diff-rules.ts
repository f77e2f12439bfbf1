import { DEFAULT_DIFF_RULES, type DiffRules } from "../../diff/diff-rules.ts";

/** How two schemas are compared: letter by letter, because the server has spelled both sides; names of columns in any case. */
export const mysqlDiffRules: DiffRules = Object.freeze({
  ...DEFAULT_DIFF_RULES,
  foldColumnNames: true,
  referencesHoldKeys: true,
  referencesHoldTypes: true,
} satisfies DiffRules);

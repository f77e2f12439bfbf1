import { DEFAULT_DIFF_RULES, type DiffRules } from "../../diff/diff-rules.ts";
import { findFollowed } from "./parse/parse-create-trigger.ts";
import { findCalledName } from "./object-kinds.ts";

/** How two schemas are compared: letter by letter, because the server has spelled both sides; names of columns in any case. */
export const mysqlDiffRules: DiffRules = Object.freeze({
  ...DEFAULT_DIFF_RULES,
  foldColumnNames: true,
  referencesHoldKeys: true,
  referencesHoldTypes: true,
  // Views and triggers may call a function; nothing in a body is looked up before it runs.
  comesBeforeTables: ({ kind }) => kind === "function",
  canReplace: (from, to) => from.kind === to.kind,
  findCalledName,
  findHoldingText: () => "",
  findFollowed,
  // What a column of text does not say itself, its table says.
  changesText: (from, to) => from?.["mysql"]?.["collation"] !== to?.["mysql"]?.["collation"],
  // Only the usual storage engine has foreign keys; it is not said of a table that is kept by it.
  isVolatile: (options) => options?.["mysql"]?.["engine"] !== undefined,
} satisfies DiffRules);

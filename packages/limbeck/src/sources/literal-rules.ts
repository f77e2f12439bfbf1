import type { DiffRules } from "../diff/diff-rules.ts";

/** The rules for a schema that means what it says: columns come in the order in which they stand, and what has no name has none. */
export const takeLiterally = (rules: DiffRules): DiffRules => ({
  ...rules,
  columnOrder: rules.columnOrder === "append" ? "append" : "exact",
});

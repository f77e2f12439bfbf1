import type { Schema } from "../../schema/model/schema.ts";
import { adoptSpelling } from "../adopt-spelling.ts";
import type { DiffRules } from "../diff-rules.ts";
import { applyRenames } from "./apply-renames.ts";
import type { Renames } from "./rename.ts";
import { settleRenames } from "./settle-renames.ts";

/**
 * The current schema with renames carried out.
 *
 * @param target gives the new names
 * @throws DiffError (renameUnknown, renameConflict) when a rename does not fit the schemas
 */
export function renameAll(current: Schema, target: Schema, rules: DiffRules, renames: Renames): Schema {
  const settled = settleRenames(renames, current, target, rules);
  return applyRenames(settled, current, (schema) => adoptSpelling(target, schema, rules), rules).withAll;
}

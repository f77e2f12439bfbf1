import type { ColumnType } from "../../schema/model/column-type.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { LossRules } from "./loss-rules.ts";

/**
 * The rules of an engine with what is known of types that somebody made in some schemas: without that, nobody can tell what becomes of values there.
 *
 * @param schemas the schemas that operations lead from and to; where both have a type, the first one says what it is
 */
export function knowTypes(rules: LossRules, ...schemas: readonly Schema[]): LossRules {
  const { resolveType, describeNarrowing, ...rest } = rules;
  if (!resolveType) return rules;
  const objects = schemas.flatMap((schema) => schema.objects);
  const resolve = (type: ColumnType): ColumnType => resolveType(type, objects);
  return { ...rest, resolveType, describeNarrowing: (from, to) => describeNarrowing(resolve(from), resolve(to)) };
}

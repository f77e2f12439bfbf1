import { isSameData } from "../../ops/apply/same-data.ts";
import type { LossRules } from "../../ops/describe/loss-rules.ts";
import type { LostData } from "../../ops/describe/list-losses.ts";
import type { OperationMap } from "../../ops/operation.ts";
import type { Schema } from "../../schema/model/schema.ts";

/** What columns lose whose type, or that which it is made of, is made of another type from then on. */
export function listDomainLosses(
  { from, to }: OperationMap["replaceObject"],
  { resolveType, describeNarrowing }: LossRules,
  { tables, objects }: Schema,
): readonly LostData[] {
  if (!resolveType) return [];
  const after = objects.map((one) => (one.kind === from.kind && one.name === from.name ? to : one));
  return tables.flatMap(({ name: table, columns }) =>
    columns.flatMap(({ name: column, type, generated }): readonly LostData[] => {
      const narrowed = { from: resolveType(type, objects), to: resolveType(type, after) };
      // Most objects are no type at all, and a type loses nothing to itself.
      const isAnother = !generated && !isSameData(narrowed.from, narrowed.to);
      const isLost = isAnother && describeNarrowing(narrowed.from, narrowed.to) !== undefined;
      return isLost ? [{ table, column, narrowed }] : [];
    }),
  );
}

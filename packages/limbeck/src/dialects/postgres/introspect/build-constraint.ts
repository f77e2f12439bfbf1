import type { Constraint, Deferrable, ForeignKey, ReferentialAction } from "../../../schema/model/constraint.ts";
import type { CatalogueConstraint } from "./catalogue/constraints.ts";
import { readParameters } from "./read-parameters.ts";
import { stripParentheses } from "./strip-parentheses.ts";
import { toOptions } from "./to-options.ts";

const ACTIONS: ReadonlyMap<string, ReferentialAction> = new Map<string, ReferentialAction>([
  ["r", "restrict"],
  ["c", "cascade"],
  ["n", "set null"],
  ["d", "set default"],
]);

const MATCHES: ReadonlyMap<string, NonNullable<ForeignKey["match"]>> = new Map([
  ["f", "full"],
  ["p", "partial"],
]);

function findDeferrable({ deferrable, deferred }: CatalogueConstraint): Deferrable | undefined {
  if (!deferrable) return undefined;
  return deferred ? "initially deferred" : "initially immediate";
}

function readIndexOptions({ index, temporal }: CatalogueConstraint) {
  return {
    ...(temporal && { withoutOverlaps: true as const }),
    ...(index?.include && { include: index.include }),
    ...readParameters(index?.parameters ?? null),
    ...(index?.nullsNotDistinct && { nullsNotDistinct: true as const }),
    ...(index?.partNames && { partNames: index.partNames }),
  };
}

/** What is not enforced is not valid either. */
const readValidity = ({ validated, enforced }: CatalogueConstraint) =>
  enforced ? { ...(!validated && { notValid: true as const }) } : { notEnforced: true as const };

function buildForeignKey(found: CatalogueConstraint): ForeignKey | undefined {
  const { name, target, columns } = found;
  if (!target) return undefined;
  const { table, columns: targetColumns, onDelete, onUpdate, match, onDeleteColumns } = target;
  const [deletion, update, kind] = [ACTIONS.get(onDelete), ACTIONS.get(onUpdate), MATCHES.get(match)];
  const deferrable = findDeferrable(found);
  return {
    kind: "foreignKey",
    name,
    columns: columns ?? [],
    references: { table, columns: targetColumns },
    ...(deletion && { onDelete: deletion }),
    ...(update && { onUpdate: update }),
    ...(kind && { match: kind }),
    ...(deferrable && { deferrable }),
    ...toOptions<"foreignKey">({
      ...readValidity(found),
      ...(found.temporal && { period: true }),
      ...(onDeleteColumns && { onDeleteColumns }),
    }),
  };
}

/** The constraint that the catalogue describes; undefined for one that the model has no words for. */
export function buildConstraint(found: CatalogueConstraint): Constraint | undefined {
  const { type, name, expression, noInherit, validParts } = found;
  const columns = found.columns ?? [];
  const deferrable = findDeferrable(found);
  switch (type) {
    case "p": {
      const options = { ...readIndexOptions(found), ...(deferrable && { deferrable }) };
      return { kind: "primaryKey", name, columns, ...toOptions<"primaryKey">(options) };
    }
    case "u":
      return {
        kind: "unique",
        name,
        columns,
        ...(deferrable && { deferrable }),
        ...toOptions<"unique">(readIndexOptions(found)),
      };
    case "c": {
      const options = {
        ...readValidity(found),
        ...(noInherit && { noInherit: true as const }),
        ...(validParts && { validParts }),
      };
      return { kind: "check", name, expression: stripParentheses(expression ?? ""), ...toOptions<"check">(options) };
    }
    case "f":
      return buildForeignKey(found);
    default:
      return undefined;
  }
}

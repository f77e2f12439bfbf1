import type { IndexPart, TableIndex } from "../../../schema/model/table-index.ts";
import type { CatalogueIndex, CatalogueIndexPart } from "./catalogue/indexes.ts";
import { readParameters, toParameters } from "./read-parameters.ts";
import { stripParentheses } from "./strip-parentheses.ts";
import { toOptions } from "./to-options.ts";

const DESCENDING = 1;
const NULLS_FIRST = 2;

function buildPart(
  { column, expression, order, collation, operatorClass, classParameters, statistics }: CatalogueIndexPart,
  ordered: boolean,
): IndexPart {
  const isDescending = ordered && (order & DESCENDING) !== 0;
  const isNullFirst = (order & NULLS_FIRST) !== 0;
  // NULL counts as the highest value, so that it comes first when descending.
  const nulls = ordered && isNullFirst !== isDescending ? (isNullFirst ? "first" : "last") : undefined;
  return {
    ...(column === null ? { expression: stripParentheses(expression ?? "") } : { column }),
    ...(isDescending && { order: "desc" as const }),
    ...(collation !== null && { collation }),
    ...toOptions<"indexPart">({
      ...(nulls && { nulls }),
      ...(operatorClass !== null && { operatorClass }),
      ...(classParameters !== null && { operatorClassParameters: toParameters(classParameters) }),
      ...(statistics !== null && { statistics }),
    }),
  };
}

/** The index that the catalogue describes. */
export function buildIndex(found: CatalogueIndex): TableIndex {
  const { name, unique, method, ordered, where, nullsNotDistinct, parameters, include, parts, partNames } = found;
  return {
    name,
    parts: parts.map((part) => buildPart(part, ordered)),
    unique,
    ...(where !== null && { where: stripParentheses(where) }),
    ...toOptions<"index">({
      ...(method !== "btree" && { method }),
      ...(include && { include }),
      ...readParameters(parameters),
      ...(nullsNotDistinct && { nullsNotDistinct: true }),
      ...(partNames && { partNames }),
    }),
  };
}

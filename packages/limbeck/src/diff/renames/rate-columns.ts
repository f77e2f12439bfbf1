import type { Column } from "../../schema/model/column.ts";
import type { Table } from "../../schema/model/table.ts";
import type { DiffRules } from "../diff-rules.ts";
import { isSameStructure } from "../same-structure.ts";
import { isKindred } from "./kindred-types.ts";
import { rateNameSimilarity, SIMILAR_NAME } from "./name-similarity.ts";

/** The names of the columns around one, as the two tables call them in common. */
function findNeighbours({ columns }: Table, column: Column): readonly (string | undefined)[] {
  const position = columns.indexOf(column);
  return [columns[position - 1]?.name, columns[position + 1]?.name];
}

/** A column and the table it stands in. */
export interface PlacedColumn {
  readonly column: Column;
  readonly table: Table;
}

function rateTypes(from: Column, to: Column, rules: DiffRules): number {
  if (rules.sameType(from.type, to.type)) return 0.35;
  return isKindred(from.type, to.type) ? 0.2 : 0;
}

/**
 * How likely a column is another one renamed, from 0 to 1; undefined when the question would be silly: neither the names are alike nor
 * could its values live on under the other type.
 */
export function rateColumns(from: PlacedColumn, to: PlacedColumn, rules: DiffRules): number | undefined {
  // What is computed can be computed again: nothing is at stake.
  if (from.column.generated || to.column.generated) return undefined;
  const types = rateTypes(from.column, to.column, rules);
  const similarity = rateNameSimilarity(from.column.name, to.column.name);
  if (types === 0 && similarity < SIMILAR_NAME) return undefined;
  const [before, after] = findNeighbours(from.table, from.column);
  const [otherBefore, otherAfter] = findNeighbours(to.table, to.column);
  const traits = [
    from.column.nullable === to.column.nullable,
    isSameStructure(from.column.default, to.column.default),
    before === otherBefore,
    after === otherAfter,
  ];
  return types + 0.35 * similarity + (0.3 * traits.filter(Boolean).length) / traits.length;
}

import type { Column } from "../../schema/model/column.ts";
import type { Table } from "../../schema/model/table.ts";
import type { DiffRules } from "../diff-rules.ts";
import { isSameStructure } from "../same-structure.ts";
import { rateNameSimilarity } from "./name-similarity.ts";

/** From here on two names look like one name that was changed. */
const SIMILAR_NAME = 0.5;

/** The share of columns that two tables must have in common to be taken for one, whatever their names. */
const LARGE_OVERLAP = 0.6;

/** The share that is enough when their names are similar. */
const SMALL_OVERLAP = 0.3;

/** The columns that two tables have in common, by name and type, as a share of the larger table. */
function rateOverlap(a: Table, b: Table, rules: DiffRules): number {
  const types = new Map(b.columns.map(({ name, type }) => [name, type]));
  const common = a.columns.filter(({ name, type }) => {
    const other = types.get(name);
    return other !== undefined && rules.sameType(type, other);
  });
  return common.length / Math.max(a.columns.length, b.columns.length, 1);
}

/** How likely a table is another one renamed, from 0 to 1; undefined when the question would be silly. */
export function rateTables(from: Table, to: Table, rules: DiffRules): number | undefined {
  const overlap = rateOverlap(from, to, rules);
  if (overlap < SMALL_OVERLAP) return undefined;
  const similarity = rateNameSimilarity(from.name, to.name);
  if (overlap < LARGE_OVERLAP && similarity < SIMILAR_NAME) return undefined;
  return 0.6 * overlap + 0.4 * similarity;
}

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

/** How likely a column is another one renamed, from 0 to 1; undefined when the question would be silly. */
export function rateColumns(from: PlacedColumn, to: PlacedColumn, rules: DiffRules): number | undefined {
  // What is computed can be computed again: nothing is at stake.
  if (from.column.generated || to.column.generated) return undefined;
  const hasSameType = rules.sameType(from.column.type, to.column.type);
  const similarity = rateNameSimilarity(from.column.name, to.column.name);
  if (!hasSameType && similarity < SIMILAR_NAME) return undefined;
  const [before, after] = findNeighbours(from.table, from.column);
  const [otherBefore, otherAfter] = findNeighbours(to.table, to.column);
  const traits = [
    from.column.nullable === to.column.nullable,
    isSameStructure(from.column.default, to.column.default),
    before === otherBefore,
    after === otherAfter,
  ];
  return (hasSameType ? 0.35 : 0) + 0.35 * similarity + (0.3 * traits.filter(Boolean).length) / traits.length;
}

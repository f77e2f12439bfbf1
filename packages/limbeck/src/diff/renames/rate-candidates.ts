import type { Column } from "../../schema/model/column.ts";
import type { Table } from "../../schema/model/table.ts";
import type { DiffRules } from "../diff-rules.ts";
import { isSameStructure } from "../same-structure.ts";
import { rateNameSimilarity } from "./name-similarity.ts";

/** From here on two names look like one name that was changed. */
const SIMILAR_NAME = 0.5;

/** The share of columns that two tables must have in common to be taken for one, whatever their names. */
const LARGE_OVERLAP = 0.5;

/** The share that is enough when their names are similar. */
const SMALL_OVERLAP = 0.3;

/**
 * Makes a function that says how likely a table is this one under its old name, from 0 to 1; undefined when the question
 * would be silly.
 */
export function createTableRating(to: Table, rules: DiffRules): (from: Table) => number | undefined {
  const types = new Map(to.columns.map(({ name, type }) => [name, type]));
  return (from) => {
    const common = from.columns.filter(({ name, type }) => {
      const other = types.get(name);
      return other !== undefined && rules.sameType(type, other);
    });
    const overlap = common.length / Math.max(from.columns.length, to.columns.length, 1);
    if (overlap < SMALL_OVERLAP) return undefined;
    const similarity = rateNameSimilarity(from.name, to.name);
    // Nearly every table has an id: alone it says nothing.
    const isLarge = overlap === 1 || (overlap >= LARGE_OVERLAP && common.length > 1);
    return isLarge || similarity >= SIMILAR_NAME ? 0.6 * overlap + 0.4 * similarity : undefined;
  };
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

import type { TableOperation } from "../ops/operation.ts";
import type { DiffRules } from "./diff-rules.ts";
import { matchNames } from "./match-names.ts";
import { isSameIndex } from "./same-index.ts";
import type { TablePair } from "./table-pair.ts";

/** What turns the indexes of one table into those of another, in no order; an index that changed is made anew. */
export function diffIndexes({ original, current, target }: TablePair, rules: DiffRules): readonly TableOperation[] {
  const table = current.name;
  const { removed, added, common } = matchNames(current.indexes, target.indexes);
  const changed = common.filter(([from, to]) => !isSameIndex(from, to, rules));
  const gone = new Set([...removed, ...changed.map(([from]) => from)]);
  // Indexes go before columns are renamed, so that their texts name columns that are there.
  const dropped = current.indexes.flatMap((index, position) =>
    gone.has(index) ? (original.indexes[position] ?? []) : [],
  );
  return [
    ...dropped.map((index): TableOperation => ({ kind: "dropIndex", table, index })),
    ...[...added, ...changed.map(([, to]) => to)].map((index): TableOperation => ({
      kind: "createIndex",
      table,
      index,
    })),
  ];
}

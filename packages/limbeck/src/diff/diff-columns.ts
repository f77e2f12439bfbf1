import type { TableOperation } from "../ops/operation.ts";
import type { Table } from "../schema/model/table.ts";
import type { DiffRules } from "./diff-rules.ts";
import { matchNames } from "./match-names.ts";
import { isSameColumn } from "./same-column.ts";

/**
 * What turns the columns of one table into those of another, in no order and without places.
 *
 * A column that changed is altered, whatever changed: dropping and adding it would lose its values.
 */
export function diffColumns(current: Table, target: Table, rules: DiffRules): readonly TableOperation[] {
  const table = current.name;
  const { removed, added, common } = matchNames(current.columns, target.columns);
  return [
    ...removed.map((column): TableOperation => ({ kind: "dropColumn", table, column })),
    ...added.map((column): TableOperation => ({ kind: "addColumn", table, column })),
    ...common
      .filter(([from, to]) => !isSameColumn(from, to, rules))
      .map(([from, to]): TableOperation => ({ kind: "alterColumn", table, from, to })),
  ];
}

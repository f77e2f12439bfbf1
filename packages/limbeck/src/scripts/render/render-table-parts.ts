import type { PlannedTable } from "./plan-table.ts";
import type { Document } from "./document.ts";
import { renderArray, renderLiteral, renderObject } from "./literal.ts";
import { renderColumn } from "./render-column.ts";
import { renderItem } from "./render-item.ts";

/** What `table()` and `op.createTable` take: name, columns, and the rest where there is any. */
export function renderTableParts({ name, columns, items }: PlannedTable): readonly Document[] {
  const object = renderObject(
    Object.entries(columns).map(([column, builder]) => [column, renderColumn(builder)]),
    true,
  );
  return [renderLiteral(name), object, ...(items.length > 0 ? [renderArray(items.map(renderItem))] : [])];
}

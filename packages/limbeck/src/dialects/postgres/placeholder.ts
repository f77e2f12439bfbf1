import type { ColumnType } from "../../schema/model/column-type.ts";
import { renderType } from "./types.ts";

/**
 * What stands for a bound value.
 *
 * @param position from 1
 * @param type where nothing else in the statement tells it
 */
export function renderPlaceholder(position: number, type?: ColumnType): string {
  return type === undefined ? `$${position}` : `CAST($${position} AS ${renderType(type)})`;
}

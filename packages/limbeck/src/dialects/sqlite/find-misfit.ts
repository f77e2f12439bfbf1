import type { ColumnType } from "../../schema/model/column-type.ts";
import { convertValue } from "./compile/convert-value.ts";

/** Values that a rebuild finds no place for in the new type; see `compile/convert-value.ts`. */
export function findMisfit(column: string, from: ColumnType, to: ColumnType): string | undefined {
  const place = { isStrict: false, isRowid: false };
  return convertValue({ ...place, type: from }, { ...place, type: to }, column).misfit;
}

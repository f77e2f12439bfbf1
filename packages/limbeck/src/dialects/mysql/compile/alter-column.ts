import type { CompileContext } from "../../../dialect/dialect.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import type { Column } from "../../../schema/model/column.ts";
import { findCapabilities } from "../capabilities.ts";
import type { AlterPart } from "./alter-part.ts";
import { recreateColumn } from "./recreate-column.ts";
import { renderColumn } from "./render-column.ts";

const isVirtual = ({ generated }: Column): boolean => generated?.storage === "virtual";

/** Every change of a column but that of its name, by saying all of it again. */
export function alterColumn(alteration: OperationMap["alterColumn"], context: CompileContext): readonly AlterPart[] {
  const { table, from, to } = alteration;
  if (isVirtual(from) !== isVirtual(to)) return recreateColumn(alteration, context);
  return [{ clauses: [`MODIFY COLUMN ${renderColumn(table, to, findCapabilities(context.serverVersion))}`] }];
}

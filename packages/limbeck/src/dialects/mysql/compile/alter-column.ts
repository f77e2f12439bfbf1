import type { CompileContext } from "../../../dialect/dialect.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import type { Column } from "../../../schema/model/column.ts";
import { findCapabilities } from "../capabilities.ts";
import type { AlterPart } from "./alter-part.ts";
import { recreateColumn } from "./recreate-column.ts";
import { refuse } from "./refuse.ts";
import { quoteIdentifier } from "../quote.ts";
import { renderType } from "../types.ts";
import { renderColumn } from "./render-column.ts";

const hasRowTime = ({ options }: Column): boolean => options?.["mysql"]?.["rowTime"] !== undefined;

const isVirtual = ({ generated }: Column): boolean => generated?.storage === "virtual";

/**
 * Where NULL is forbidden to other types, rows with NULL stop the change; into a TIMESTAMP the server writes the time of the change, and says nothing.
 * https://mariadb.com/kb/en/timestamp/
 */
function guardNulls({ table, from, to }: OperationMap["alterColumn"]): readonly AlterPart[] {
  const isFilled = from.nullable && !to.nullable && !to.generated && /^timestamp\b/i.test(renderType(to.type));
  if (!isFilled) return [];
  const sql = `SELECT count(*) AS \`rows\` FROM ${quoteIdentifier(table)} WHERE ${quoteIdentifier(from.name)} IS NULL HAVING count(*) > 0`;
  const guard = `rows of ${table} have NULL in ${from.name}, for which the time of the change would be written`;
  return [{ clauses: [], statement: { sql, guard } }];
}

/** Every change of a column but that of its name, by saying all of it again. */
export function alterColumn(alteration: OperationMap["alterColumn"], context: CompileContext): readonly AlterPart[] {
  const { table, from, to } = alteration;
  if (hasRowTime(from) || hasRowTime(to)) {
    const why = "MariaDB changes nothing about the columns of a system period; they come and go with the former rows.";
    throw refuse(`A change of column "${table}.${to.name}"`, why);
  }
  if (alteration.using !== undefined) {
    const why = `No statement of the server changes a type and the values at once: write an UPDATE with op.execute before it, and leave "using" out.`;
    throw refuse(`"using" in a change of column "${table}.${to.name}"`, why);
  }
  if (isVirtual(from) !== isVirtual(to)) return recreateColumn(alteration, context);
  return [
    ...guardNulls(alteration),
    { clauses: [`MODIFY COLUMN ${renderColumn(table, to, findCapabilities(context.serverVersion))}`] },
  ];
}

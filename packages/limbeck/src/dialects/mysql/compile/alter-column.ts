import type { CompileContext } from "../../../dialect/dialect.ts";
import { mentionsIdentifier } from "../../../ops/expression/identifiers.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import type { Column } from "../../../schema/model/column.ts";
import { findTable } from "../../../schema/model/schema.ts";
import type { TableIndex } from "../../../schema/model/table-index.ts";
import type { Table } from "../../../schema/model/table.ts";
import { findCapabilities } from "../capabilities.ts";
import { quoteIdentifier } from "../quote.ts";
import type { AlterPart } from "./alter-part.ts";
import { renderColumn } from "./render-column.ts";
import { findTypesOf, renderIndex } from "./render-index.ts";

/** ` AFTER x`, ` FIRST`, or nothing for the last place. */
export function renderPlace(after: string | null | undefined): string {
  if (after === undefined) return "";
  return after === null ? " FIRST" : ` AFTER ${quoteIdentifier(after)}`;
}

const isVirtual = ({ generated }: Column): boolean => generated?.storage === "virtual";

function holds({ parts }: TableIndex, column: string): boolean {
  return parts.some(
    (part) => part.column === column || (part.expression !== undefined && mentionsIdentifier(part.expression, column)),
  );
}

/** Where a column stands: the name of the one before it; null for the first. */
function findPlace(table: Table, name: string): string | null {
  const position = table.columns.findIndex((column) => column.name === name);
  return table.columns[position - 1]?.name ?? null;
}

/** What is computed on read has no place among the rows, so that it cannot become a stored column in place, nor the other way round. */
function recreate(
  { table, from, to }: OperationMap["alterColumn"],
  { before, after, serverVersion }: CompileContext,
): readonly AlterPart[] {
  const capabilities = findCapabilities(serverVersion);
  const [old, fresh] = [findTable(before, table), findTable(after, table)];
  const column = renderColumn(table, to, capabilities);
  const place = old ? renderPlace(findPlace(old, from.name)) : "";
  const lost = (old?.indexes ?? []).filter((index) => holds(index, from.name));
  const findType = findTypesOf(fresh);
  const again = (fresh?.indexes ?? []).filter(({ name }) => lost.some((index) => index.name === name));
  const name = quoteIdentifier(to.name);
  // The values that were read are kept where they can be written.
  const keep =
    from.generated && !to.generated
      ? [`UPDATE ${quoteIdentifier(table)} SET ${name} = (${from.generated.expression})`]
      : [];
  return [
    { clauses: [...lost.map((index) => `DROP INDEX ${quoteIdentifier(index.name)}`), `DROP COLUMN ${name}`] },
    {
      isSeparate: true,
      clauses: [
        `ADD COLUMN ${column}${place}`,
        ...again.map((index) => `ADD ${renderIndex(index, capabilities, findType)}`),
      ],
    },
    ...keep.map((sql) => ({ clauses: [], statement: { sql } })),
  ];
}

/** Every change of a column but that of its name, by saying all of it again. */
export function alterColumn(alteration: OperationMap["alterColumn"], context: CompileContext): readonly AlterPart[] {
  const { table, from, to } = alteration;
  if (isVirtual(from) !== isVirtual(to)) return recreate(alteration, context);
  return [{ clauses: [`MODIFY COLUMN ${renderColumn(table, to, findCapabilities(context.serverVersion))}`] }];
}

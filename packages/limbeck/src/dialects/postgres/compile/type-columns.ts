import type { Column } from "../../../schema/model/column.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import type { Table } from "../../../schema/model/table.ts";
import { joinName } from "../names.ts";
import { readName } from "../parse/read-name.ts";
import { tokenize } from "../parse/tokenize.ts";

/** A column of a type, and whether it holds lists of it. */
export interface TypeColumn {
  readonly table: Table;
  readonly column: Column;
  readonly isArray: boolean;
}

/** The name of the model behind a type in SQL, without what says that it is a list. */
function findTypeName(type: ColumnType): string | undefined {
  if (type.kind !== "raw") return undefined;
  const [first, dot, second] = tokenize(type.sql);
  if (first === undefined) return undefined;
  if (dot?.text !== "." || second === undefined) return joinName({ schema: undefined, name: readName(first) });
  return joinName({ schema: readName(first), name: readName(second) });
}

/** The columns of a type that somebody made, and those that hold lists of it. */
export function findTypeColumns({ tables }: Schema, name: string): readonly TypeColumn[] {
  return tables.flatMap((table) =>
    table.columns
      .filter(({ type }) => findTypeName(type) === name)
      .map((column) => ({ table, column, isArray: column.type.kind === "raw" && column.type.sql.endsWith("[]") })),
  );
}

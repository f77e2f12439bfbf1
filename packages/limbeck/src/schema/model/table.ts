import type { Column } from "./column.ts";
import type { Constraint, PrimaryKey } from "./constraint.ts";
import type { DialectOptions } from "./dialect-options.ts";
import type { TableIndex } from "./table-index.ts";

/** One table, as immutable data; references to other tables go by name. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly TableIndex[];
  readonly comment?: string;
  readonly options?: DialectOptions;
}

/** The column of that name, if the table has it. */
export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

const isNamed = (value: unknown): value is { readonly table: string } =>
  typeof value === "object" && value !== null && "table" in value && typeof value.table === "string";

/**
 * The tables whose columns a table has besides its own. Engines that know such tables say so in the options `partitionOf`, which names one as `table`, and
 * `inherits`, a list.
 */
export function listParents({ options }: Pick<Table, "options">): readonly string[] {
  return Object.values(options ?? {}).flatMap(({ partitionOf, inherits }) => [
    ...(isNamed(partitionOf) ? [partitionOf.table] : []),
    ...(Array.isArray(inherits) ? inherits.filter((name) => typeof name === "string") : []),
  ]);
}

/** Whether a table is a part of another one, which alone says what its columns are. */
export function isPartition({ options }: Pick<Table, "options">): boolean {
  return Object.values(options ?? {}).some(({ partitionOf }) => isNamed(partitionOf));
}

/** The tables that have columns of a table: its partitions, those that inherit, and what comes of those. */
export function listDescendants(tables: readonly Table[], name: string): readonly string[] {
  const children = tables.filter((table) => listParents(table).includes(name)).map((table) => table.name);
  return [...children, ...children.flatMap((child) => listDescendants(tables, child))];
}

/** The first parent of a table, if it is among some. */
export function findParentTable(table: Pick<Table, "options">, tables: readonly Table[]): Table | undefined {
  const [name] = listParents(table);
  return tables.find((one) => one.name === name);
}

/** The primary key, if the table has one. */
export function findPrimaryKey(table: Table): PrimaryKey | undefined {
  return table.constraints.find((constraint) => constraint.kind === "primaryKey");
}

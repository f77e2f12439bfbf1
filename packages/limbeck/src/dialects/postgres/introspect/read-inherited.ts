import type { ColumnStorage, InheritedColumn, PostgresTableOptions } from "../options.ts";
import type { CatalogueColumn } from "./catalogue/columns.ts";
import { readParameters } from "./read-parameters.ts";

const STORAGES = { p: "plain", e: "external", m: "main", x: "extended" } as const;
const COMPRESSIONS = { p: "pglz", l: "lz4" } as const;

/** How the catalogue says that a column stores its values. */
export function readStorage({ storage, compression, statistics, parameters }: CatalogueColumn): ColumnStorage {
  return {
    ...(storage !== null && { storage: STORAGES[storage] }),
    ...(compression !== null && { compression: COMPRESSIONS[compression] }),
    ...(statistics !== null && { statistics }),
    ...readParameters(parameters),
  };
}

function readOwn(column: CatalogueColumn, parent: CatalogueColumn | undefined): InheritedColumn {
  const { storage, compression, ...own } = readStorage(column);
  const isOther = column.expression !== (parent?.expression ?? null) && column.generated === "";
  return {
    // These two a new table takes over from its parent.
    ...(storage !== undefined && column.storage !== parent?.storage && { storage }),
    ...(compression !== undefined && column.compression !== parent?.compression && { compression }),
    ...own,
    ...(isOther && { default: column.expression }),
    ...(column.comment !== null && { comment: column.comment }),
  };
}

/**
 * What a table says of its own about columns that it has from its parents.
 *
 * @param parents the columns of all its parents
 */
export function readInherited(
  columns: readonly CatalogueColumn[],
  parents: readonly CatalogueColumn[],
): Pick<PostgresTableOptions, "inherited"> {
  const said = columns
    .map(
      (column) =>
        [
          column.name,
          readOwn(
            column,
            parents.find(({ name }) => name === column.name),
          ),
        ] as const,
    )
    .filter(([, own]) => Object.keys(own).length > 0);
  return said.length === 0 ? {} : { inherited: Object.fromEntries(said) };
}

import type { ForeignKey } from "../../../schema/model/constraint.ts";
import type { Table } from "../../../schema/model/table.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { findSpelling } from "../parse/find-spelling.ts";

/**
 * Gives foreign keys the spelling of the tables and columns that they mean, because in the model references go by name. What a key points to need not
 * exist; then it stays as it is written.
 */
export function settleReferences(tables: readonly Table[]): readonly Table[] {
  const byName = new Map(tables.map((table) => [foldName(table.name), table]));
  return tables.map((table) => {
    if (!table.constraints.some(({ kind }) => kind === "foreignKey")) return table;
    const constraints = table.constraints.map((constraint) =>
      constraint.kind === "foreignKey" ? settleForeignKey(constraint, byName) : constraint,
    );
    return { ...table, constraints };
  });
}

function settleForeignKey(key: ForeignKey, byName: ReadonlyMap<string, Table>): ForeignKey {
  const target = byName.get(foldName(key.references.table));
  if (target === undefined) return key;
  const names = target.columns.map(({ name }) => name);
  const columns = key.references.columns.map((column) => findSpelling(names, column));
  return { ...key, references: { table: target.name, columns } };
}

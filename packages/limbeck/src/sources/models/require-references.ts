import { foldName } from "../../kernel/fold-name.ts";
import type { DiffRules } from "../../diff/diff-rules.ts";
import { findClosestName } from "../../kernel/closest-name.ts";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";
import type { Schema } from "../../schema/model/schema.ts";

/**
 * Makes sure that every foreign key points to a table and to columns that the models have; an engine may find out only with the first row.
 *
 * @param rules whether the engine tells `Todos` from `todos`
 * @throws SourceError (unknownReference)
 */
export function requireReferences(schema: Schema, rules: Pick<DiffRules, "foldTableNames" | "foldColumnNames">): void {
  const fold = (name: string, isFolded: boolean): string => (isFolded ? foldName(name) : name);
  const tables = new Map(schema.tables.map((table) => [fold(table.name, rules.foldTableNames), table]));

  for (const { name: table, constraints } of schema.tables) {
    for (const constraint of constraints) {
      if (constraint.kind !== "foreignKey") continue;
      const { references, columns } = constraint;
      const refuse = (missing: string, wanted: string, known: readonly string[]) => {
        const similar = findClosestName(wanted, known);
        return sourceErrors.unknownReference({
          table,
          columns,
          missing,
          known,
          ...(similar !== undefined && { similar }),
        });
      };
      const target = tables.get(fold(references.table, rules.foldTableNames));
      if (target === undefined) {
        const known = schema.tables.map(({ name }) => name);
        throw refuse(`the table ${references.table}`, references.table, known);
      }
      const known = target.columns.map(({ name }) => name);
      const missing = references.columns.find(
        (column) => !known.some((name) => fold(name, rules.foldColumnNames) === fold(column, rules.foldColumnNames)),
      );
      if (missing !== undefined) throw refuse(`the column ${references.table}.${missing}`, missing, known);
    }
  }
}

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
  const has = (names: readonly string[], wanted: string, fold: boolean): boolean =>
    names.some((name) => name === wanted || (fold && foldName(name) === foldName(wanted)));

  for (const { name: table, constraints } of schema.tables) {
    for (const constraint of constraints) {
      if (constraint.kind !== "foreignKey") continue;
      const { references, columns } = constraint;
      const refuse = (missing: string, wanted: string, known: readonly string[]): never => {
        const similar = findClosestName(wanted, known);
        throw sourceErrors.unknownReference({
          table,
          columns,
          missing,
          known,
          ...(similar !== undefined && { similar }),
        });
      };
      const tables = schema.tables.map(({ name }) => name);
      if (!has(tables, references.table, rules.foldTableNames))
        refuse(`the table ${references.table}`, references.table, tables);
      const target = schema.tables.find(({ name }) => has([name], references.table, rules.foldTableNames));
      const known = target?.columns.map(({ name }) => name) ?? [];
      for (const column of references.columns) {
        if (!has(known, column, rules.foldColumnNames))
          refuse(`the column ${references.table}.${column}`, column, known);
      }
    }
  }
}

import { foldName } from "../../kernel/fold-name.ts";
import type { DiffRules } from "../../diff/diff-rules.ts";
import { findClosestName } from "../../kernel/closest-name.ts";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";
import type { ForeignKey } from "../../schema/model/constraint.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";

type FoldRules = Pick<DiffRules, "foldTableNames" | "foldColumnNames">;

/** What a foreign key points to, and is not there. */
export interface MissingReference {
  /** The table of the key. */
  readonly table: string;
  readonly columns: readonly string[];
  /** In words: `the table lists`. */
  readonly missing: string;
  /** Its name. */
  readonly wanted: string;
  /** What it could have pointed to. */
  readonly known: readonly string[];
}

const has = (names: readonly string[], wanted: string, fold: boolean): boolean =>
  names.some((name) => name === wanted || (fold && foldName(name) === foldName(wanted)));

const keyOf = (name: string, fold: boolean): string => (fold ? foldName(name) : name);

function findMissing(
  { references }: ForeignKey,
  tables: ReadonlyMap<string, Table>,
  { foldTableNames, foldColumnNames }: FoldRules,
): Pick<MissingReference, "missing" | "wanted" | "known"> | undefined {
  const target = tables.get(keyOf(references.table, foldTableNames));
  if (!target) {
    const known = [...tables.values()].map(({ name }) => name);
    return { missing: `the table ${references.table}`, wanted: references.table, known };
  }
  const known = target.columns.map(({ name }) => name);
  const wanted = references.columns.find((column) => !has(known, column, foldColumnNames));
  return wanted === undefined ? undefined : { missing: `the column ${references.table}.${wanted}`, wanted, known };
}

/** The first foreign key that points to a table or to columns that the schema does not have. */
export function findMissingReference({ tables }: Schema, rules: FoldRules): MissingReference | undefined {
  const byName = new Map(tables.map((table) => [keyOf(table.name, rules.foldTableNames), table]));
  for (const { name: table, constraints } of tables) {
    for (const constraint of constraints) {
      if (constraint.kind !== "foreignKey") continue;
      const found = findMissing(constraint, byName, rules);
      if (found) return { table, columns: constraint.columns, ...found };
    }
  }
  return undefined;
}

/**
 * Makes sure that every foreign key points to a table and to columns that the models have; an engine may find out only with the first row.
 *
 * @param rules whether the engine tells `Todos` from `todos`
 * @throws SourceError (unknownReference)
 */
export function requireReferences(schema: Schema, rules: FoldRules): void {
  const found = findMissingReference(schema, rules);
  if (!found) return;
  const { wanted, ...place } = found;
  const similar = findClosestName(wanted, found.known);
  throw sourceErrors.unknownReference({ ...place, ...(similar !== undefined && { similar }) });
}

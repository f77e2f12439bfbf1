import { foldName } from "../../kernel/fold-name.ts";
import type { DiffRules } from "../../diff/diff-rules.ts";
import { findClosestName } from "../../kernel/closest-name.ts";
import { sourceErrors } from "../../kernel/errors/source-errors.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";

type FoldRules = Pick<DiffRules, "foldTableNames" | "foldColumnNames">;

function refuseTwins(kind: string, names: readonly string[], fold: boolean): void {
  const key = (name: string): string => (fold ? foldName(name) : name);
  if (new Set(names.map(key)).size === names.length) return;
  const byName = Map.groupBy(names, key);
  for (const [name = "", ...others] of byName.values()) {
    if (others.length > 0) throw sourceErrors.duplicateModel({ kind, name, spellings: [name, ...others] });
  }
}

function refuseSeveralKeys({ name, constraints }: Table): void {
  const keys = constraints.flatMap((one) => (one.kind === "primaryKey" ? [one.columns] : []));
  if (keys.length > 1) throw sourceErrors.severalPrimaryKeys({ table: name, columns: keys.flat() });
}

/** An order that stands in the name of a column, as it would in SQL. */
const ORDER = /^(?<column>.+?)\s+(?<order>asc|desc)$/i;

/** What names of columns hardly ever have in them, and expressions do. */
const COMPUTED = /[()]|\|\||->|::/;

/** What a term of an index means that is no column of its table, where it is one with an order, or an expression. */
function readTerm(
  text: string,
  isColumn: (name: string) => boolean,
): { readonly kind: "order" | "expression"; readonly text: string } | undefined {
  const { column = text, order } = ORDER.exec(text)?.groups ?? {};
  const rest = order === undefined ? "" : `, order: "${order.toLowerCase()}"`;
  if (isColumn(column)) return { kind: "order", text: `{ column: ${JSON.stringify(column)}${rest} }` };
  return COMPUTED.test(column)
    ? { kind: "expression", text: `{ expression: ${JSON.stringify(column)}${rest} }` }
    : undefined;
}

function refuseUnknownColumns(table: Table, { foldColumnNames }: FoldRules): void {
  const key = (name: string): string => (foldColumnNames ? foldName(name) : name);
  const known = table.columns.map(({ name }) => name);
  const keys = new Set(known.map(key));
  const parts = [
    ...table.constraints.flatMap((one) =>
      one.kind === "check" ? [] : one.columns.map((column) => ({ part: one.name ?? one.kind, column, isTerm: false })),
    ),
    ...table.indexes.flatMap(({ name, parts: terms }) =>
      terms.flatMap(({ column }) => (column === undefined ? [] : [{ part: name, column, isTerm: true }])),
    ),
  ];
  for (const { part, column, isTerm } of parts) {
    if (keys.has(key(column))) continue;
    const term = isTerm ? readTerm(column, (name) => keys.has(key(name))) : undefined;
    const similar = findClosestName(column, known);
    throw sourceErrors.unknownColumn({
      table: table.name,
      part,
      column,
      known,
      ...(term && { term }),
      ...(similar !== undefined && { similar }),
    });
  }
}

/**
 * Refuses what no engine can hold, in the words of the models: two things of one name, two primary keys, parts that name columns which the table
 * does not have.
 *
 * @param rules whether the engine tells `Todos` from `todos`
 * @throws SourceError (duplicateModel, severalPrimaryKeys, unknownColumn)
 */
export function requireSoundTables(schema: Schema, rules: FoldRules): void {
  const named = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name);
  refuseTwins("table", [...named(schema.tables), ...named(schema.views)], rules.foldTableNames);
  for (const table of schema.tables) {
    refuseTwins(`column of ${table.name}`, named(table.columns), rules.foldColumnNames);
    refuseSeveralKeys(table);
    refuseUnknownColumns(table, rules);
  }
}

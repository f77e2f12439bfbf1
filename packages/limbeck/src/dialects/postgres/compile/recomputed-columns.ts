import { isSameStructure } from "../../../diff/same-structure.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { mentionsIdentifier } from "../../../ops/expression/identifiers.ts";
import type { OperationMap, TableOperation } from "../../../ops/operation.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import { addGenerated, constrains, dropGenerated, indexes } from "./generated-columns.ts";

type Alteration = OperationMap["alterColumn"];

/** Columns that are computed in another way, from one that gets another type in the same batch. */
export interface RecomputedColumns {
  readonly names: readonly string[];
  /** The positions of the first and the last operation that has to do with them. */
  readonly first: number;
  readonly last: number;
}

const listAlterations = (operations: readonly TableOperation[]): readonly (readonly [number, Alteration])[] =>
  operations.flatMap((one, position) => (one.kind === "alterColumn" ? [[position, one] as const] : []));

const isRecomputed = ({ from, to }: Alteration): boolean =>
  from.generated !== undefined && to.generated !== undefined && !isSameStructure(from.generated, to.generated);

const mentions = ({ from, to }: Alteration, name: string): boolean =>
  [from, to].some(({ generated }) => generated !== undefined && mentionsIdentifier(generated.expression, name));

/** Whether the change needs a column that is computed from this one to be gone. */
const changesNature = ({ from, to }: Alteration): boolean =>
  !isSameStructure(from.type, to.type) || from.collation !== to.collation;

/** Finds such columns: neither the former expression nor the new one may fit the types that there are in between. */
export function findRecomputed(operations: readonly TableOperation[]): RecomputedColumns | undefined {
  const alterations = listAlterations(operations);
  const found = alterations.flatMap(([position, one]) => {
    if (!isRecomputed(one)) return [];
    const sources = alterations.filter(
      ([, other]) => other !== one && changesNature(other) && mentions(one, other.to.name),
    );
    return sources.length === 0 ? [] : [{ name: one.to.name, positions: [position, ...sources.map(([at]) => at)] }];
  });
  if (found.length === 0) return undefined;
  const positions = found.flatMap((one) => one.positions);
  return { names: found.map(({ name }) => name), first: Math.min(...positions), last: Math.max(...positions) };
}

/** The schema without the columns, and without what goes with them and comes back with them. */
const hide = (schema: Schema, table: string, names: readonly string[]): Schema => ({
  ...schema,
  tables: schema.tables.map((one) =>
    one.name === table
      ? {
          ...one,
          columns: one.columns.filter(({ name }) => !names.includes(name)),
          constraints: one.constraints.filter((constraint) => !names.some((name) => constrains(constraint, name))),
          indexes: one.indexes.filter((index) => !names.some((name) => indexes(index, name))),
        }
      : one,
  ),
});

/** What is around one operation of a batch. */
export interface BatchStep {
  readonly position: number;
  readonly before: Schema;
  readonly after: Schema;
  readonly serverVersion: string;
}

/**
 * The statements of an operation in a batch, with the columns that are computed anew gone from the first to the last operation that has to do with them.
 *
 * @param compile what becomes of the operation where the schemas around it are these
 */
export function compileAround(
  { names, first, last }: RecomputedColumns,
  operation: TableOperation,
  { position, before, after, serverVersion }: BatchStep,
  compile: (before: Schema, after: Schema) => readonly Statement[],
): readonly Statement[] {
  const { table } = operation;
  if (position < first || position > last) return compile(before, after);
  const isOwn = operation.kind === "alterColumn" && names.includes(operation.to.name);
  return [
    ...(position === first ? dropGenerated(table, names) : []),
    ...(isOwn ? [] : compile(hide(before, table, names), hide(after, table, names))),
    ...(position === last ? addGenerated(table, names, after, serverVersion) : []),
  ];
}

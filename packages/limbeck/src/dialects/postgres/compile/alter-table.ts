import { isSameStructure } from "../../../diff/same-structure.ts";
import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import { applyOperation } from "../../../ops/apply/apply-operation.ts";
import {
  dispatchOperation,
  type OperationMap,
  type OperationTable,
  type TableOperation,
} from "../../../ops/operation.ts";
import { renameTableColumns } from "../../../ops/apply/rename-column.ts";
import { findTable, type Schema } from "../../../schema/model/schema.ts";
import type { Table } from "../../../schema/model/table.ts";
import { quoteBeside, quoteName } from "../names.ts";
import { quoteIdentifier } from "../quote.ts";
import { readOptions } from "./read-options.ts";
import { compileAround, findRecomputed } from "./recomputed-columns.ts";

/** The statements that give another name, by the position of one of the two operations that would drop and make; `partner` is the other one's. */
type Renames = ReadonlyMap<number, { readonly partner: number; readonly sql: string }>;

function findName(operation: TableOperation | undefined): string | undefined {
  switch (operation?.kind) {
    case "addConstraint":
    case "dropConstraint":
      return operation.constraint.name;
    case "createIndex":
    case "dropIndex":
      return operation.index.name;
    default:
      return undefined;
  }
}

const COUNTERPARTS: Readonly<Record<string, string>> = { dropConstraint: "addConstraint", dropIndex: "createIndex" };

/** A table of nothing but the constraint or the index of an operation, without a name. */
function isolate(operation: TableOperation): Table | undefined {
  const table = { name: "", columns: [], constraints: [], indexes: [] };
  switch (operation.kind) {
    case "addConstraint":
    case "dropConstraint": {
      const { name: _name, ...constraint } = operation.constraint;
      return { ...table, name: operation.table, constraints: [constraint] };
    }
    case "createIndex":
    case "dropIndex":
      return { ...table, name: operation.table, indexes: [{ ...operation.index, name: "" }] };
    default:
      return undefined;
  }
}

/** Whether one operation takes away what another one makes, once the columns have the names that they get in between. */
function isSameBody(dropping: TableOperation, making: TableOperation, between: readonly TableOperation[]): boolean {
  const [old, fresh] = [isolate(dropping), isolate(making)];
  const renamed = between.reduce(
    (table, one) =>
      table && one.kind === "renameColumn" ? renameTableColumns(table, new Map([[one.from, one.to]])) : table,
    old,
  );
  return renamed !== undefined && isSameStructure(renamed, fresh);
}

function renderRename(operation: TableOperation, from: string, to: string): string {
  const [old, fresh] = [quoteIdentifier(from), quoteIdentifier(to)];
  if (operation.kind === "dropIndex") return `ALTER INDEX ${quoteBeside(from, operation.table)} RENAME TO ${fresh}`;
  return `ALTER TABLE ${quoteName(operation.table)} RENAME CONSTRAINT ${old} TO ${fresh}`;
}

/** The columns that are made anew, or may be, because they are computed in another way or from what changes. With them goes what speaks of them. */
function listRemade(operation: TableOperation, before: Schema | undefined): readonly string[] {
  if (operation.kind !== "alterColumn") return [];
  const { table, from, to } = operation;
  const isSameNature = isSameStructure(from.type, to.type) && from.collation === to.collation;
  const columns = (before && findTable(before, table)?.columns) ?? [];
  const computed = isSameNature ? [] : columns.filter(({ generated }) => generated).map(({ name }) => name);
  return isSameStructure(from.generated, to.generated) ? computed : [from.name, ...computed];
}

/** Whether a constraint or an index speaks of none of some columns, as far as its own columns tell. */
function isAside(operation: TableOperation, columns: readonly string[]): boolean {
  const constraint = operation.kind === "dropConstraint" ? operation.constraint : undefined;
  const isKey = constraint?.kind === "primaryKey" || constraint?.kind === "unique";
  return columns.length === 0 || (isKey && !constraint.columns.some((column) => columns.includes(column)));
}

/** The names of constraints and indexes that a table has. */
function listNames(table: string, schema: Schema): ReadonlySet<string | undefined> {
  const found = findTable(schema, table);
  return new Set([...(found?.constraints ?? []), ...(found?.indexes ?? [])].map(({ name }) => name));
}

/**
 * Constraints and indexes that are dropped and made anew with nothing but another name: giving them the name costs nothing, while making them looks at every row,
 * and foreign keys hold on to them. They get it where the old one would go; where the name is still taken then, where the new one would come.
 *
 * @param states the schema before each operation
 */
function findRenames({ table, operations }: OperationMap["alterTable"], states: readonly Schema[]): Renames {
  const names = states.map((state) => listNames(table, state));
  const renames = new Map<number, { readonly partner: number; readonly sql: string }>();
  const used = new Set<number>();
  for (const [position, operation] of operations.entries()) {
    const counterpart = COUNTERPARTS[operation.kind];
    const from = findName(operation);
    const match = operations.findIndex(
      (other, later) =>
        later > position &&
        other.kind === counterpart &&
        !used.has(later) &&
        isSameBody(operation, other, operations.slice(position, later)),
    );
    const to = findName(operations[match]);
    if (from === undefined || to === undefined || from === to) continue;
    const between = operations.slice(position, match);
    if (!between.every((one) => isAside(operation, listRemade(one, states[position])))) continue;
    const isFree = (at: number): boolean => names[at]?.has(to) === false;
    const keepsName = !operations.slice(position + 1, match).some((one) => findName(one) === from);
    const place = isFree(position) ? position : isFree(match) && keepsName ? match : undefined;
    if (place === undefined) continue;
    used.add(match);
    renames.set(place, { partner: place === match ? position : match, sql: renderRename(operation, from, to) });
  }
  return renames;
}

/** The names of indexes that the options of a table are to name. */
function listNamedIndexes({ to }: OperationMap["setTableOptions"]): readonly string[] {
  const { cluster, replicaIdentity } = readOptions(to ?? undefined, "table", "The table");
  return [cluster ?? [], typeof replicaIdentity === "object" ? replicaIdentity.index : []].flat();
}

/** The same operations, with one of options behind those that make the indexes which it names: a way back has them the other way round. */
function placeOptions(operations: readonly TableOperation[]): readonly TableOperation[] {
  const [options, ...others] = operations.filter((one) => one.kind === "setTableOptions");
  // A partition has two, when it leaves and when it comes back.
  if (!options || others.length > 0) return operations;
  const position = operations.indexOf(options);
  const names = listNamedIndexes(options);
  const last = operations.findLastIndex(
    (one) => (one.kind === "addConstraint" || one.kind === "createIndex") && names.includes(findName(one) ?? ""),
  );
  if (last < position) return operations;
  return [
    ...operations.slice(0, position),
    ...operations.slice(position + 1, last + 1),
    options,
    ...operations.slice(last + 1),
  ];
}

/**
 * Several changes of one table, each in place and in its turn; PostgreSQL never has to build a table anew.
 *
 * @param compile what becomes of one of them
 */
export function compileAlterTable(
  operation: OperationMap["alterTable"],
  context: CompileContext,
  compile: OperationTable<readonly Statement[], [CompileContext]>,
): readonly Statement[] {
  const operations = placeOptions(operation.operations);
  const states = [context.before];
  for (const one of operations) states.push(applyOperation(one, states.at(-1) ?? context.before));
  const renames = findRenames({ ...operation, operations }, states);
  const replaced = new Set([...renames.values()].map(({ partner }) => partner));
  const recomputed = findRecomputed(operations);
  return operations.flatMap((one, position) => {
    if (replaced.has(position)) return [];
    const rename = renames.get(position);
    if (rename) return [{ sql: rename.sql }];
    const [before = context.before, after = before] = states.slice(position);
    const compileIn = (from: Schema, to: Schema): readonly Statement[] =>
      dispatchOperation(compile, one, { ...context, before: from, after: to });
    if (!recomputed) return compileIn(before, after);
    return compileAround(recomputed, one, { position, before, after, serverVersion: context.serverVersion }, compileIn);
  });
}

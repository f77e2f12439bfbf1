import { isSameStructure } from "../../../diff/same-structure.ts";
import type { ForeignKey } from "../../../schema/model/constraint.ts";
import type { TableIndex } from "../../../schema/model/table-index.ts";
import type { Table } from "../../../schema/model/table.ts";
import type { Capabilities } from "../capabilities.ts";
import { isHashedKey } from "../hashed-keys.ts";
import { quoteIdentifier, quoteList } from "../quote.ts";

const isSame = (a: string, b: string | undefined): boolean => a.toLowerCase() === b?.toLowerCase();

const beginsWith = (columns: readonly (string | undefined)[], key: readonly string[]): boolean =>
  key.every((column, position) => isSame(column, columns[position]));

/** Whether an index or a key of the table, other than those that foreign keys make for themselves, begins with the columns of a foreign key. */
function isCovered(key: ForeignKey, table: Table): boolean {
  const { constraints, indexes } = table;
  const keys = constraints.flatMap((one) => {
    if (one.kind === "primaryKey") return [one.columns];
    return one.kind === "unique" && !isHashedKey(one.columns, table) ? [one.columns] : [];
  });
  const parts = indexes.map((index) =>
    index.parts.map(({ column, options }) => (options?.["mysql"]?.["length"] === undefined ? column : undefined)),
  );
  return [...keys, ...parts].some((columns) => beginsWith(columns, key.columns));
}

const listForeignKeys = ({ constraints }: Table): readonly ForeignKey[] =>
  constraints.filter((one) => one.kind === "foreignKey");

/** The clause for the index of a foreign key that the server would make for it, under its name. */
function addOwnIndex({ name, columns }: ForeignKey, isConditional: boolean): readonly string[] {
  if (name === undefined) return [];
  return [`ADD INDEX ${isConditional ? "IF NOT EXISTS " : ""}${quoteIdentifier(name)} (${quoteList(columns)})`];
}

/**
 * Clauses that give foreign keys an index of their own where one that served them goes: InnoDB makes such an index by itself when a key is created, and afterwards
 * refuses to be left without one. https://mariadb.com/kb/en/foreign-keys/
 */
export function keepReferenceIndexes(
  before: Table,
  after: Table,
  { hasConditionalDrops }: Capabilities,
): readonly string[] {
  const known = new Set(listForeignKeys(before).map(({ name }) => name));
  return listForeignKeys(after)
    .filter((key) => known.has(key.name) && isCovered(key, before) && !isCovered(key, after))
    .flatMap((key) => addOwnIndex(key, hasConditionalDrops));
}

/**
 * Clauses that take away the indexes that foreign keys have for themselves where another one serves them from now on, as InnoDB does by itself with those that it
 * made by itself.
 */
export function releaseReferenceIndexes(
  before: Table,
  after: Table,
  { hasConditionalDrops }: Capabilities,
): readonly string[] {
  if (!hasConditionalDrops) return [];
  // One that is dropped takes its index with it.
  const stays = (key: ForeignKey): boolean => listForeignKeys(after).some((other) => isSameStructure(other, key));
  return listForeignKeys(before)
    .filter((key) => stays(key) && !isCovered(key, before) && isCovered(key, after) && !isTaken(key, after))
    .flatMap(({ name }) => (name === undefined ? [] : [`DROP INDEX IF EXISTS ${quoteIdentifier(name)}`]));
}

/** Whether an index of the model has the name of a foreign key. */
const isTaken = ({ name }: ForeignKey, { constraints, indexes }: Table): boolean =>
  [...indexes, ...constraints.filter(({ kind }) => kind === "unique")].some((one) => isSame(name ?? "", one.name));

const AUTOMATIC_NAME = /_ibfk_\d+$/;

const listColumns = ({ parts }: TableIndex): readonly (string | undefined)[] => parts.map(({ column }) => column);

/** Whether an index may have come with a foreign key: nobody can tell it from one that was asked for. */
function mayBeMade({ parts, unique, options }: TableIndex): boolean {
  return (
    !unique && !options && parts.every(({ column, order, options: own }) => column !== undefined && !order && !own)
  );
}

const remake = ({ name, parts }: TableIndex): readonly string[] => [
  `DROP INDEX ${quoteIdentifier(name)}`,
  `ADD INDEX ${quoteIdentifier(name)} (${quoteList(parts.flatMap(({ column }) => column ?? []))})`,
];

const readEngine = ({ options }: Table): unknown => options?.["mysql"]?.["engine"];

/** Whether foreign keys without names may have made an index for themselves, and are not there to hold it: they have gone, or the engine has taken none of them. */
function isOrphaned(index: TableIndex, before: Table, after: Table): boolean {
  if (readEngine(before) !== undefined && readEngine(after) === undefined)
    return isSame(index.name, listColumns(index)[0]);
  const left = new Set(listForeignKeys(after).map(({ name }) => name));
  return listForeignKeys(before).some(
    ({ name, columns }) =>
      name !== undefined &&
      AUTOMATIC_NAME.test(name) &&
      !left.has(name) &&
      listColumns(index).join("\0") === columns.join("\0"),
  );
}

/**
 * Clauses that make indexes stay that foreign keys without names have made for themselves, under the name of a column: the server remembers that, and would drop
 * them for the sake of the next foreign key. Made anew, they are like any other.
 */
export function keepOrphanedIndexes(before: Table, after: Table): readonly string[] {
  return (
    before.indexes
      .filter((index) => mayBeMade(index) && isOrphaned(index, before, after))
      // One that changes is made anew as it is.
      .filter((index) => after.indexes.some((other) => isSameStructure(other, index)))
      .flatMap(remake)
  );
}

/**
 * Clauses that take away the indexes that foreign keys which go have made for themselves, under their names. One that serves a foreign key which stays is replaced
 * by that one's own.
 */
export function dropReferenceIndexes(
  before: Table,
  after: Table,
  { hasConditionalDrops }: Capabilities,
): readonly string[] {
  if (!hasConditionalDrops) return [];
  const left = listForeignKeys(after);
  return listForeignKeys(before)
    .filter((key) => !isTaken(key, before) && !left.some((other) => isSame(key.name ?? "", other.name)))
    .flatMap(({ name, columns }) => {
      if (name === undefined) return [];
      const served = left.filter((other) => beginsWith(columns, other.columns) && !isCovered(other, after));
      return [...served.flatMap((other) => addOwnIndex(other, true)), `DROP INDEX IF EXISTS ${quoteIdentifier(name)}`];
    });
}

import type { Dialect } from "../../dialect/dialect.ts";
import { listChanges, type Operation } from "../../ops/operation.ts";
import { readLiveIndex } from "../../ops/soft-delete/read-live-rule.ts";
import { LIVE_COLUMN } from "../../schema/builder/live-parts.ts";
import type { ForeignKey } from "../../schema/model/constraint.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { findColumn, type Table } from "../../schema/model/table.ts";
import type { SoftDeletes } from "../../sources/schema-source.ts";

/** A table that deletes softly. */
interface SoftTable {
  readonly table: Table;
  /** The column that says when a row was deleted. */
  readonly column: string;
}

const USUAL_COLUMNS: ReadonlySet<string> = new Set(["deleted_at", "deletedAt"]);
const FLAGS = /^(?:is_?)?(?:deleted|removed|active|archived)$/i;

/** The column that says when a row was deleted: the one of the models, or one that is called as everybody calls it. */
export function chooseColumn(table: Table, softDeletes: SoftDeletes): string | undefined {
  const usual = table.columns.find(
    ({ name, type, nullable }) => USUAL_COLUMNS.has(name) && nullable && type.kind === "timestamp",
  );
  return softDeletes.get(table.name) ?? usual?.name;
}

/** What lets no two rows of a table agree in some columns. */
interface Unique {
  readonly name: string;
  readonly columns: readonly string[];
  /** Only live rows count. */
  readonly isLive: boolean;
}

function listUniques({ table, column }: SoftTable): readonly Unique[] {
  const plain = (name: string, columns: readonly string[]): Unique => ({
    name,
    columns: columns.filter((one) => one !== LIVE_COLUMN),
    isLive: columns.includes(LIVE_COLUMN),
  });
  return [
    ...table.constraints.flatMap((one) =>
      one.kind === "unique" ? [plain(one.name ?? "A unique constraint", one.columns)] : [],
    ),
    ...table.indexes.flatMap((index): readonly Unique[] => {
      const rule = readLiveIndex(index, column);
      if (rule) return rule.kind === "liveUnique" ? [{ name: index.name, columns: rule.columns, isLive: true }] : [];
      const columns = index.parts.flatMap((part) => part.column ?? []);
      const isPlain = index.unique && index.where === undefined && columns.length === index.parts.length;
      return isPlain ? [plain(index.name, columns)] : [];
    }),
  ];
}

const quoteColumns = (columns: readonly string[]): string =>
  `[${columns.map((name) => JSON.stringify(name)).join(", ")}]`;

/** Unique constraints that deleted rows have a part in, or that NULL makes void. */
function findUniqueTraps(soft: SoftTable): readonly string[] {
  const { table, column } = soft;
  const uniques = listUniques(soft);
  return uniques.flatMap(({ name, columns, isLive }): readonly string[] => {
    if (columns.includes(column)) {
      const rest = columns.filter((one) => one !== column);
      return [
        `${name} lets any number of live rows of ${table.name} agree in ${rest.join(", ")}: their ${column} is NULL, and no NULL equals another. ` +
          `uniqueAmongLive(${quoteColumns(rest)}) in the models does what is meant.`,
      ];
    }
    const traps: string[] = [];
    if (!isLive) {
      traps.push(
        `${name} counts deleted rows of ${table.name} too: what one of them has in ${columns.join(", ")} no live row can have. ` +
          `uniqueAmongLive(${quoteColumns(columns)}) in the models counts live rows only.`,
      );
    }
    const nullable = columns.filter((one) => findColumn(table, one)?.nullable === true);
    if (columns.length > 1 && nullable.length > 0) {
      traps.push(
        `${name} does not hold where ${nullable.join(" or ")} is NULL: any number of rows of ${table.name} may agree in the rest then.`,
      );
    }
    return traps;
  });
}

function findFlagTraps({ table, column }: SoftTable): readonly string[] {
  return table.columns
    .filter(({ name, type }) => type.kind === "boolean" && FLAGS.test(name))
    .map(
      ({ name }) =>
        `${table.name} says twice whether a row is deleted, in ${name} and in ${column}: sooner or later they contradict each other.`,
    );
}

const isCascade = ({ onDelete }: ForeignKey): boolean => onDelete === "cascade";

/** Foreign keys to rows that are deleted by saying so: no engine sees that. */
function findReferenceTraps({ table }: SoftTable, schema: Schema): readonly string[] {
  return schema.tables.flatMap((child) =>
    child.constraints.flatMap((one) =>
      one.kind === "foreignKey" && one.references.table === table.name && isCascade(one)
        ? [
            `Rows of ${child.name} stay live when the row of ${table.name} that ${one.columns.join(", ")} points to is deleted softly: ` +
              "ON DELETE CASCADE takes place only when that row is removed, and then removes them for good.",
          ]
        : [],
    ),
  );
}

/** The tables that operations create or change, those that get a foreign key to another one included. */
function listConcerned(operations: readonly Operation[]): ReadonlySet<string> {
  return new Set(
    operations.flatMap(listChanges).flatMap((one): readonly string[] => {
      if (one.kind === "createTable") {
        const keys = one.table.constraints.flatMap((key) => (key.kind === "foreignKey" ? key.references.table : []));
        return [one.table.name, ...keys];
      }
      if (one.kind === "addConstraint" && one.constraint.kind === "foreignKey") {
        return [one.table, one.constraint.references.table];
      }
      return one.kind === "addColumn" || one.kind === "addConstraint" || one.kind === "createIndex" ? [one.table] : [];
    }),
  );
}

/** What stands for a rule that the engine has no word for. */
function findStandIns(operations: readonly Operation[], { hasPartialIndexes }: Dialect): readonly string[] {
  if (hasPartialIndexes) return [];
  const created = operations.flatMap((one) => (one.kind === "createTable" ? one.table : []));
  const tables = [
    ...created.flatMap(({ name, columns }) => (columns.some((column) => column.name === LIVE_COLUMN) ? name : [])),
    ...operations
      .flatMap(listChanges)
      .flatMap((one) => (one.kind === "addColumn" && one.column.name === LIVE_COLUMN ? one.table : [])),
  ];
  return tables.map(
    (table) =>
      `The engine has no index over some of the rows: ${table}.${LIVE_COLUMN} stands in for it, which it computes, and which is NULL in deleted rows.`,
  );
}

/**
 * Traps of soft delete that a revision leads into, a sentence for each: of tables that it creates or adds something to, so that no later revision repeats them.
 *
 * @param target the schema after it
 */
export function findTraps(
  operations: readonly Operation[],
  target: Schema,
  { softDeletes, dialect }: { readonly softDeletes: SoftDeletes; readonly dialect: Dialect },
): readonly string[] {
  const concerned = listConcerned(operations);
  const traps = target.tables
    .filter(({ name }) => concerned.has(name))
    .flatMap((table) => {
      const column = chooseColumn(table, softDeletes);
      if (column === undefined) return [];
      const soft = { table, column };
      return [...findUniqueTraps(soft), ...findFlagTraps(soft), ...findReferenceTraps(soft, target)];
    });
  return [...findStandIns(operations, dialect), ...traps];
}

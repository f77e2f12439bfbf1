import { operationErrors } from "../kernel/errors/operation-errors.ts";
import { checkColumns, isColumnBuilder } from "../schema/builder/check-columns.ts";
import { checkItems } from "../schema/builder/check-items.ts";
import {
  isPlainObject,
  listOptions,
  refuseUnknownOptions,
  showArgument,
} from "../schema/builder/refuse-unknown-options.ts";
import type { BackfillOptions } from "./backfill/backfill-options.ts";
import { checkBackfill } from "./backfill/check-backfill.ts";
import { checkDisableOptions, checkEnableOptions } from "./soft-delete/check-options.ts";
import type { ConstraintOptions } from "../schema/builder/table-items.ts";
import type { View } from "../schema/model/schema.ts";
import type { TableOperationKind } from "../ops/operation.ts";
import type { GeneratedColumn } from "../schema/model/column.ts";
import type { ConstraintKind, Deferrable } from "../schema/model/constraint.ts";
import type {
  AddColumnOptions,
  BatchOperations,
  BatchOptions,
  ColumnChanges,
  ExecuteOptions,
  ForeignKeyOptions,
  IndexOptions,
  Operations,
  SequenceOptions,
} from "./operations.ts";

/** What one argument of a method has to be. */
export interface ArgumentRule {
  /** As it stands in an error: "takes ...". */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** Looks closer at an accepted value; throws what is wrong with it. */
  readonly inspect?: (method: string, value: unknown) => void;
}

/** The rules of all methods of an object; leaving a method out does not compile. */
export type ArgumentRules<Target> = {
  readonly [
    Method in keyof Target as Target[Method] extends (...args: never) => unknown ? Method : never
  ]: readonly ArgumentRule[];
};

/** What Alembic's words are here, where the next name would mislead. */
const WORDS_OF_ALEMBIC: ReadonlyMap<string, string> = new Map([
  ["newName", "rename it with renameColumn, a call of its own"],
  ["newColumnName", "rename it with renameColumn, a call of its own"],
  ["serverDefault", "write default for a value, defaultNow or defaultSql"],
  ["existingType", "leave existingType out: it is read from the database"],
  ["existingNullable", "leave existingNullable out: it is read from the database"],
  ["existingServerDefault", "leave existingServerDefault out: it is read from the database"],
  ["postgresqlUsing", "write using instead of postgresqlUsing"],
  ["sqliteWhere", "write where instead of sqliteWhere"],
  ["postgresqlWhere", "write where instead of postgresqlWhere"],
]);

const isText = (value: unknown): boolean => typeof value === "string";

const isListOf =
  (accepts: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(accepts);

const text = (expected: string): ArgumentRule => ({ expected, accepts: isText });

const optional = (rule: ArgumentRule): ArgumentRule => ({
  ...rule,
  accepts: (value) => value === undefined || rule.accepts(value),
});

const options = (known: readonly string[]): ArgumentRule => ({
  expected: "options",
  accepts: () => true,
  inspect: (method, value) => refuseUnknownOptions(method, value, known, WORDS_OF_ALEMBIC),
});

const TABLE = text("the name of a table");
const COLUMN = text("the name of a column");
const SQL = text("SQL text");
const NAME: ArgumentRule = {
  expected: "a name, or null for the one of the naming convention",
  accepts: (value) => value === null || isText(value),
};
const COLUMNS: ArgumentRule = { expected: "a list of column names", accepts: isListOf(isText) };
const BUILDER: ArgumentRule = { expected: "a column, for example text().notNull()", accepts: isColumnBuilder };
const TERMS: ArgumentRule = {
  expected: "a list of columns",
  accepts: isListOf((term) => isText(term) || isPlainObject(term)),
};
const DIALECT_OPTIONS: ArgumentRule = {
  expected: "options by the name of the engine, or null",
  accepts: (value) => value === null || isPlainObject(value),
};
const COLUMN_LIST: ArgumentRule = { expected: "columns", accepts: () => true, inspect: checkColumns };
const ITEMS: ArgumentRule = {
  expected: "constraints, indexes and options",
  accepts: () => true,
  inspect: checkItems,
};
const CONSTRAINT: ArgumentRule = {
  expected: "the name of a constraint, or its definition",
  accepts: (value) => isText(value) || isPlainObject(value),
};
const OPERATION: ArgumentRule = {
  expected: "an operation",
  accepts: (value) => isPlainObject(value) && "kind" in value && isText(value.kind),
};
const TABLE_OPERATION_KINDS = listOptions<Record<TableOperationKind, unknown>>({
  addColumn: true,
  dropColumn: true,
  renameColumn: true,
  alterColumn: true,
  addConstraint: true,
  dropConstraint: true,
  createIndex: true,
  dropIndex: true,
  setTableOptions: true,
  setTableComment: true,
});
const TABLE_OPERATION: ArgumentRule = {
  expected: `an operation that changes one table (${TABLE_OPERATION_KINDS.join(", ")})`,
  accepts: (value) =>
    isPlainObject(value) && "kind" in value && isText(value.kind) && TABLE_OPERATION_KINDS.includes(String(value.kind)),
};
const ROWS: ArgumentRule = { expected: "a list of rows, each a plain object", accepts: isListOf(isPlainObject) };
const CALLBACK: ArgumentRule = { expected: "a function", accepts: (value) => typeof value === "function" };
const CHANGES: ArgumentRule = {
  expected: "an object of changes",
  accepts: isPlainObject,
  inspect: (method, value) => {
    refuseUnknownOptions(method, value, CHANGE_KEYS, WORDS_OF_ALEMBIC);
    if (!isPlainObject(value)) return;
    if ("type" in value && value.type !== undefined && !isColumnBuilder(value.type)) {
      const expected = 'a column as "type", for example text()';
      throw operationErrors.wrongArgument({ method, expected, found: showArgument(value.type) });
    }
    if ("generatedAs" in value) checkGenerated(method, value.generatedAs);
    if ("using" in value && value.using !== undefined && !(isText(value.using) && "type" in value)) {
      const expected = 'an SQL expression as "using", beside the "type" that it is for';
      throw operationErrors.wrongArgument({ method, expected, found: showArgument(value) });
    }
  },
};

const GENERATED_KEYS = listOptions<GeneratedColumn>({ expression: true, storage: true });

/** In the shape of the model, because a revision file must be able to say exactly what it takes back. */
function checkGenerated(method: string, value: unknown): void {
  if (value === undefined || value === null) return;
  const expected = '{ expression: "price * amount", storage: "stored" } or "virtual", or null, as "generatedAs"';
  const fail = (): Error => operationErrors.wrongArgument({ method, expected, found: showArgument(value) });
  if (!isPlainObject(value)) throw fail();
  refuseUnknownOptions(`${method} with generatedAs`, value, GENERATED_KEYS, WORDS_OF_ALEMBIC);
  const { expression, storage }: { readonly expression?: unknown; readonly storage?: unknown } = value;
  if (!isText(expression) || (storage !== "stored" && storage !== "virtual")) throw fail();
}

const CHANGE_KEYS = listOptions<ColumnChanges>({
  type: true,
  using: true,
  nullable: true,
  default: true,
  defaultNow: true,
  defaultSql: true,
  generatedAs: true,
  autoIncrement: true,
  collation: true,
  comment: true,
  options: true,
});
const ADD_COLUMN = options(listOptions<AddColumnOptions>({ after: true }));
const CONSTRAINT_OPTIONS = options(listOptions<Omit<ConstraintOptions, "name">>({ options: true }));
const UNIQUE_OPTIONS = options(
  listOptions<Omit<ConstraintOptions, "name"> & { readonly deferrable?: Deferrable }>({
    options: true,
    deferrable: true,
  }),
);
const KEY_OPTIONS = options(
  listOptions<ForeignKeyOptions>({ onDelete: true, onUpdate: true, match: true, deferrable: true, options: true }),
);
const INDEX_OPTIONS = options(listOptions<IndexOptions>({ unique: true, where: true, options: true }));
const DROP_OPTIONS = options(listOptions<{ readonly type?: ConstraintKind }>({ type: true }));

const ENUM = text("the name of an enum");
const VALUES: ArgumentRule = { expected: "a list of values, each a text", accepts: isListOf(isText) };
const SEQUENCE = text("the name of a sequence");
const SEQUENCE_OPTIONS = options(
  listOptions<SequenceOptions>({
    type: true,
    start: true,
    increment: true,
    minimum: true,
    maximum: true,
    cache: true,
    cycle: true,
    unlogged: true,
    ownedBy: true,
    options: true,
  }),
);
const OBJECT_KIND = text('the kind of an object, for example "function"');
const OBJECT = text("the name of an object");

const BACKFILL_KEYS = listOptions<BackfillOptions>({
  set: true,
  where: true,
  key: true,
  batchSize: true,
  pause: true,
  maxReplicaLag: true,
});
const BACKFILL: ArgumentRule = {
  expected: "what to set",
  accepts: isPlainObject,
  inspect: (method, value) => {
    refuseUnknownOptions(method, value, BACKFILL_KEYS, WORDS_OF_ALEMBIC);
    checkBackfill(method, value);
  },
};

const BATCH_KEYS = listOptions<BatchOptions>({ recreate: true, tableArguments: true, namingConvention: true });
const BATCH: ArgumentRule = {
  expected: "options",
  accepts: () => true,
  inspect: (method, value) => {
    refuseUnknownOptions(method, value, BATCH_KEYS, WORDS_OF_ALEMBIC);
    if (isPlainObject(value) && "tableArguments" in value) checkItems(method, value.tableArguments);
  },
};

/** What the methods of `op` take. */
export const OPERATION_ARGUMENTS: ArgumentRules<Operations> = {
  createTable: [TABLE, COLUMN_LIST, optional(ITEMS)],
  dropTable: [TABLE],
  renameTable: [TABLE, TABLE],
  createTableComment: [TABLE, text("a comment")],
  dropTableComment: [TABLE],
  setTableOptions: [TABLE, DIALECT_OPTIONS],
  addColumn: [TABLE, COLUMN, BUILDER, ADD_COLUMN],
  dropColumn: [TABLE, COLUMN],
  renameColumn: [TABLE, COLUMN, COLUMN],
  alterColumn: [TABLE, COLUMN, CHANGES],
  createPrimaryKey: [NAME, TABLE, COLUMNS, CONSTRAINT_OPTIONS],
  createUniqueConstraint: [NAME, TABLE, COLUMNS, UNIQUE_OPTIONS],
  createCheckConstraint: [NAME, TABLE, SQL, CONSTRAINT_OPTIONS],
  createForeignKey: [NAME, TABLE, TABLE, COLUMNS, COLUMNS, KEY_OPTIONS],
  dropConstraint: [CONSTRAINT, TABLE, DROP_OPTIONS],
  createIndex: [NAME, TABLE, TERMS, INDEX_OPTIONS],
  dropIndex: [text("the name of an index"), TABLE],
  renameIndex: [TABLE, text("the name of an index"), text("the name of an index")],
  createView: [
    text("the name of a view"),
    SQL,
    options(
      listOptions<Omit<View, "name" | "definition"> & { readonly keepAttached?: boolean }>({
        columns: true,
        options: true,
        keepAttached: true,
      }),
    ),
  ],
  dropView: [text("the name of a view")],
  createTrigger: [text("the name of a trigger"), TABLE, SQL],
  dropTrigger: [text("the name of a trigger"), optional(TABLE)],
  createEnum: [ENUM, VALUES],
  dropEnum: [ENUM],
  alterEnum: [ENUM, VALUES, options(listOptions<{ readonly rebuild?: boolean }>({ rebuild: true }))],
  renameEnumValue: [ENUM, text("a value"), text("its new name")],
  createSequence: [SEQUENCE, SEQUENCE_OPTIONS],
  dropSequence: [SEQUENCE],
  alterSequence: [SEQUENCE, SEQUENCE_OPTIONS],
  createObject: [
    OBJECT_KIND,
    OBJECT,
    SQL,
    options(
      listOptions<{ readonly table?: string; readonly keepAttached?: boolean }>({ table: true, keepAttached: true }),
    ),
  ],
  dropObject: [OBJECT_KIND, OBJECT],
  replaceObject: [OBJECT_KIND, OBJECT, SQL],
  batchAlterTable: [TABLE, CALLBACK, BATCH],
  autocommit: [CALLBACK],
  enableSoftDelete: [TABLE, { expected: "options", accepts: () => true, inspect: checkEnableOptions }],
  disableSoftDelete: [TABLE, { expected: "options", accepts: () => true, inspect: checkDisableOptions }],
  execute: [SQL, options(listOptions<ExecuteOptions>({ parameters: true, affects: true }))],
  query: [SQL, optional({ expected: "a list of parameters", accepts: Array.isArray })],
  bulkInsert: [TABLE, ROWS],
  backfill: [TABLE, BACKFILL],
  invoke: [OPERATION],
};

/** What the methods of a batch take. */
export const BATCH_ARGUMENTS: ArgumentRules<BatchOperations> = {
  addColumn: [COLUMN, BUILDER, ADD_COLUMN],
  dropColumn: [COLUMN],
  renameColumn: [COLUMN, COLUMN],
  alterColumn: [COLUMN, CHANGES],
  createPrimaryKey: [NAME, COLUMNS, CONSTRAINT_OPTIONS],
  createUniqueConstraint: [NAME, COLUMNS, UNIQUE_OPTIONS],
  createCheckConstraint: [NAME, SQL, CONSTRAINT_OPTIONS],
  createForeignKey: [NAME, TABLE, COLUMNS, COLUMNS, KEY_OPTIONS],
  dropConstraint: [CONSTRAINT, DROP_OPTIONS],
  createIndex: [NAME, TERMS, INDEX_OPTIONS],
  dropIndex: [text("the name of an index")],
  createTableComment: [text("a comment")],
  dropTableComment: [],
  setTableOptions: [DIALECT_OPTIONS],
  invoke: [TABLE_OPERATION],
};

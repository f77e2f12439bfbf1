import type { JsonValue } from "../schema/model/json.ts";
import type { Column } from "../schema/model/column.ts";
import type { Constraint } from "../schema/model/constraint.ts";
import type { DefinedObject } from "../schema/model/defined-object.ts";
import type { DialectOptions } from "../schema/model/dialect-options.ts";
import type { EnumType } from "../schema/model/enum-type.ts";
import type { Sequence } from "../schema/model/sequence.ts";
import type { Trigger, View } from "../schema/model/schema.ts";
import type { Table } from "../schema/model/table.ts";
import type { TableIndex } from "../schema/model/table-index.ts";

/** A value bound to a placeholder or written into a row. */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Uint8Array
  | { readonly [key: string]: unknown }
  | readonly unknown[];

/** What the statements of a custom operation are written for. */
export interface CustomContext {
  /** The engine: `sqlite`, `postgres` or `mysql`. */
  readonly dialect: string;
  /** Its version. */
  readonly serverVersion: string;
}

/** What has to be known of an operation, as functions of its data. */
export interface CustomVerbs<Data extends JsonValue = JsonValue> {
  /** One line for people: `let reports read todos`. */
  readonly describe: (data: Data) => string;
  /** The statements that carry it out. */
  readonly compile: (data: Data, context: CustomContext) => readonly string[];
  /** What takes it back. Default: nothing does, so that a revision with it has no way back. */
  readonly reverse?: (data: Data) => Operation;
  /** What it does to the schema, in operations that are known. Default: unknown, so that the schema is read again after it. An empty list: nothing. */
  readonly affects?: (data: Data) => readonly Operation[];
  /** Which rows or values it destroys, in words. Default none. */
  readonly describeLoss?: (data: Data) => string | undefined;
}

/** What making a table delete softly, or no longer, is made of. */
export interface SoftDeleteChange {
  readonly table: string;
  /** The column that says when a row was deleted. */
  readonly column: string;
  /** What happens to the table itself, in order. */
  readonly operations: readonly TableOperation[];
  /** The table that deleted rows are parked in. */
  readonly parkedIn: string;
  /** No rows are to be parked, and none have been. Default: nobody knows. */
  readonly isEmpty?: true;
}

/** How a view is dropped or made that is made anew. */
export interface Renewal {
  /** What belonged to the view when the revision dropped it, such as rights that somebody gave, it has again when it is made. Default: that goes with the view. */
  readonly keepAttached?: true;
}

/** The data of every kind of operation that stands on its own or inside a batch. */
export interface OperationMap {
  createTable: { readonly kind: "createTable"; readonly table: Table };
  dropTable: { readonly kind: "dropTable"; readonly table: Table };
  renameTable: { readonly kind: "renameTable"; readonly from: string; readonly to: string };
  /** `after` names the column before it; null puts it first, absent puts it last. */
  addColumn: {
    readonly kind: "addColumn";
    readonly table: string;
    readonly column: Column;
    readonly after?: string | null;
  };
  /** `after` says where the column stood, so that the reverse can put it back. */
  dropColumn: {
    readonly kind: "dropColumn";
    readonly table: string;
    readonly column: Column;
    readonly after?: string | null;
  };
  renameColumn: { readonly kind: "renameColumn"; readonly table: string; readonly from: string; readonly to: string };
  /** Everything about a column but its name. */
  alterColumn: {
    readonly kind: "alterColumn";
    readonly table: string;
    readonly from: Column;
    readonly to: Column;
    /** An SQL expression over the row as it was, for the value that the new type gets. Default: the old value, converted. */
    readonly using?: string;
  };
  addConstraint: { readonly kind: "addConstraint"; readonly table: string; readonly constraint: Constraint };
  dropConstraint: { readonly kind: "dropConstraint"; readonly table: string; readonly constraint: Constraint };
  createIndex: { readonly kind: "createIndex"; readonly table: string; readonly index: TableIndex };
  dropIndex: { readonly kind: "dropIndex"; readonly table: string; readonly index: TableIndex };
  renameIndex: { readonly kind: "renameIndex"; readonly table: string; readonly from: string; readonly to: string };
  setTableOptions: {
    readonly kind: "setTableOptions";
    readonly table: string;
    readonly from: DialectOptions | null;
    readonly to: DialectOptions | null;
  };
  setTableComment: {
    readonly kind: "setTableComment";
    readonly table: string;
    readonly from: string | null;
    readonly to: string | null;
  };
  createView: { readonly kind: "createView"; readonly view: View } & Renewal;
  dropView: { readonly kind: "dropView"; readonly view: View } & Renewal;
  createTrigger: { readonly kind: "createTrigger"; readonly trigger: Trigger };
  dropTrigger: { readonly kind: "dropTrigger"; readonly trigger: Trigger };
  createEnum: { readonly kind: "createEnum"; readonly enum: EnumType };
  dropEnum: { readonly kind: "dropEnum"; readonly enum: EnumType };
  alterEnum: {
    readonly kind: "alterEnum";
    readonly name: string;
    /** The values before, in order. */
    readonly from: readonly string[];
    /** The values after, in order. */
    readonly to: readonly string[];
    /** Make the type anew even where values could be added in place, because added ones are used before the transaction ends. Default false. */
    readonly rebuild?: true;
  };
  renameEnumValue: {
    readonly kind: "renameEnumValue";
    readonly name: string;
    readonly from: string;
    readonly to: string;
  };
  createSequence: { readonly kind: "createSequence"; readonly sequence: Sequence };
  dropSequence: { readonly kind: "dropSequence"; readonly sequence: Sequence };
  /** Everything about a sequence but its name. */
  alterSequence: { readonly kind: "alterSequence"; readonly from: Sequence; readonly to: Sequence };
  createObject: { readonly kind: "createObject"; readonly object: DefinedObject } & Renewal;
  dropObject: { readonly kind: "dropObject"; readonly object: DefinedObject } & Renewal;
  /** Gives an object another definition in its place. */
  replaceObject: { readonly kind: "replaceObject"; readonly from: DefinedObject; readonly to: DefinedObject };
  /** Several changes of one table, which an engine may carry out at once. */
  alterTable: {
    readonly kind: "alterTable";
    readonly table: string;
    readonly operations: readonly TableOperation[];
    /** `auto` rebuilds only where the engine cannot alter; `always` and `never` say so. Default `auto`. */
    readonly recreate?: "auto" | "always" | "never";
  };
  /** Gives a table the column that says when a row was deleted, and what goes with it. Rows that {@link OperationMap.disableSoftDelete} has parked come back. */
  enableSoftDelete: SoftDeleteChange & { readonly kind: "enableSoftDelete" };
  /** Takes the column away again, and parks the rows that are deleted: without it they would be live. */
  disableSoftDelete: SoftDeleteChange & { readonly kind: "disableSoftDelete" };
  /** Raw SQL; what it does to the schema is unknown unless `affects` says so. */
  execute: {
    readonly kind: "execute";
    readonly sql: string;
    readonly parameters?: readonly SqlValue[];
    /** What the statement does to the schema; an empty list means nothing. */
    readonly affects?: readonly Operation[];
    /** The statement that takes it back; without one the step is irreversible. */
    readonly reverse?: string;
  };
  /** An operation of somebody's own, which brings its verbs along; see `defineOperation`. */
  custom: {
    readonly kind: "custom";
    /** The function that makes it. */
    readonly name: string;
    /** Where that is exported: the URL of a file, or the name of a package. */
    readonly module: string;
    readonly data: JsonValue;
    readonly verbs: CustomVerbs;
  };
  bulkInsert: {
    readonly kind: "bulkInsert";
    readonly table: string;
    readonly rows: readonly Readonly<Record<string, SqlValue>>[];
  };
}

/** The name of an operation. */
export type OperationKind = keyof OperationMap;

/** One change, as immutable data; see {@link OperationMap} for the shapes. */
export type Operation = OperationMap[OperationKind];

/** The kinds that change one table and may stand inside `alterTable`. */
export type TableOperationKind =
  | "addColumn"
  | "dropColumn"
  | "renameColumn"
  | "alterColumn"
  | "addConstraint"
  | "dropConstraint"
  | "createIndex"
  | "dropIndex"
  | "setTableOptions"
  | "setTableComment";

/** An operation that changes one table. */
export type TableOperation = OperationMap[TableOperationKind];

/** One answer per kind of operation; leaving one out does not compile. */
export type OperationTable<Result, Arguments extends readonly unknown[] = []> = {
  readonly [Kind in OperationKind]: (operation: OperationMap[Kind], ...rest: Arguments) => Result;
};

/** Calls the entry of an {@link OperationTable} that fits an operation. */
export function dispatchOperation<Result, Arguments extends readonly unknown[]>(
  table: OperationTable<Result, Arguments>,
  operation: Operation,
  ...rest: Arguments
): Result {
  // The compiler cannot see that table[operation.kind] takes exactly this member of the union.
  const answer = table[operation.kind] as (operation: Operation, ...rest: Arguments) => Result;
  return answer(operation, ...rest);
}

/** The changes that an operation consists of: those of a group, or itself. */
export function listChanges(operation: Operation): readonly Operation[] {
  switch (operation.kind) {
    case "alterTable":
    case "enableSoftDelete":
    case "disableSoftDelete":
      return operation.operations;
    default:
      return [operation];
  }
}

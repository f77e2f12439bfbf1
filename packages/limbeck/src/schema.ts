/**
 * `limbeck/schema`: the builders that models and revisions are written with.
 *
 * @module
 */
export {
  bigint,
  boolean,
  bytes,
  char,
  date,
  decimal,
  double,
  integer,
  json,
  raw,
  real,
  smallint,
  text,
  time,
  timestamp,
  uuid,
  varchar,
} from "./schema/builder/column-types.ts";
export {
  check,
  foreignKey,
  index,
  primaryKey,
  tableComment,
  tableOptions,
  unique,
} from "./schema/builder/table-items.ts";
export { definedObject, enumType, sequence } from "./schema/builder/object-definitions.ts";
export { indexAmongLive, softDelete, uniqueAmongLive } from "./schema/builder/soft-delete.ts";
export { table, trigger, view } from "./schema/builder/table-definition.ts";
export { DEFAULT_NAMING_CONVENTION } from "./schema/builder/naming-convention.ts";
export type { ColumnBuilder } from "./schema/builder/column-builder.ts";
export type { ColumnType, Infer, InferColumn, InferTable } from "./schema/builder/infer.ts";
export type { NamingContext, NamingConvention } from "./schema/builder/naming-convention.ts";
export type { EnumDefinition, ObjectDefinition, SequenceDefinition } from "./schema/builder/object-definitions.ts";
export type { LiveItem, LiveItemOptions } from "./schema/builder/soft-delete.ts";
export type { PlainItem, TableItem } from "./schema/builder/table-items.ts";
export type { TableDefinition, TriggerDefinition, ViewDefinition } from "./schema/builder/table-definition.ts";

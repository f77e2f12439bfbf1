import type { Column } from "../../schema/model/column.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { DefinedObject } from "../../schema/model/defined-object.ts";
import type { EnumType } from "../../schema/model/enum-type.ts";
import type { Sequence } from "../../schema/model/sequence.ts";
import type { Schema, Trigger, View } from "../../schema/model/schema.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import type { Table } from "../../schema/model/table.ts";

/** Something that two schemas may differ in. */
export type ComparedObject =
  | { readonly kind: "table"; readonly name: string; readonly object: Table }
  | { readonly kind: "column"; readonly name: string; readonly table: string; readonly object: Column }
  | {
      readonly kind: "constraint";
      /** Undefined where it has none. */
      readonly name: string | undefined;
      readonly table: string;
      readonly object: Constraint;
    }
  | { readonly kind: "index"; readonly name: string; readonly table: string; readonly object: TableIndex }
  | { readonly kind: "view"; readonly name: string; readonly object: View }
  | { readonly kind: "trigger"; readonly name: string; readonly table: string; readonly object: Trigger }
  | { readonly kind: "enum"; readonly name: string; readonly object: EnumType }
  | { readonly kind: "sequence"; readonly name: string; readonly object: Sequence }
  /** A function, a domain, a policy...: `object.kind` says which. */
  | { readonly kind: "object"; readonly name: string; readonly object: DefinedObject };

/** Whether something takes part in a comparison; which side of it has it counts too. */
export type IncludeCompared = (compared: ComparedObject, side: "found" | "wanted") => boolean;

/** What tables consist of. */
export const TABLE_PARTS = {
  columns: (object: Column, table: string): ComparedObject => ({ kind: "column", name: object.name, table, object }),
  constraints: (object: Constraint, table: string): ComparedObject => ({
    kind: "constraint",
    name: object.name,
    table,
    object,
  }),
  indexes: (object: TableIndex, table: string): ComparedObject => ({ kind: "index", name: object.name, table, object }),
};

/** What schemas consist of. */
export const SCHEMA_PARTS = {
  tables: (object: Table): ComparedObject => ({ kind: "table", name: object.name, object }),
  views: (object: View): ComparedObject => ({ kind: "view", name: object.name, object }),
  triggers: (object: Trigger): ComparedObject => ({ kind: "trigger", name: object.name, table: object.table, object }),
  enums: (object: EnumType): ComparedObject => ({ kind: "enum", name: object.name, object }),
  sequences: (object: Sequence): ComparedObject => ({ kind: "sequence", name: object.name, object }),
  objects: (object: DefinedObject): ComparedObject => ({ kind: "object", name: object.name, object }),
};

function listParts(table: Table): readonly ComparedObject[] {
  const { name, columns, constraints, indexes } = table;
  return [
    ...columns.map((one) => TABLE_PARTS.columns(one, name)),
    ...constraints.map((one) => TABLE_PARTS.constraints(one, name)),
    ...indexes.map((one) => TABLE_PARTS.indexes(one, name)),
  ];
}

/** What of a schema takes no part in a comparison: of a table that is hidden whole, the table alone. */
export function findHidden(
  { tables, views, triggers, enums, sequences, objects }: Schema,
  include: (compared: ComparedObject) => boolean,
): readonly ComparedObject[] {
  const isHidden = (compared: ComparedObject): boolean => !include(compared);
  return [
    ...tables.flatMap((table) => {
      const whole = SCHEMA_PARTS.tables(table);
      return isHidden(whole) ? whole : listParts(table).filter(isHidden);
    }),
    ...[
      ...views.map(SCHEMA_PARTS.views),
      ...triggers.map(SCHEMA_PARTS.triggers),
      ...enums.map(SCHEMA_PARTS.enums),
      ...sequences.map(SCHEMA_PARTS.sequences),
      ...objects.map(SCHEMA_PARTS.objects),
    ].filter(isHidden),
  ];
}

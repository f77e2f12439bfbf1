/** What can be renamed. */
export type RenameKind = "table" | "column" | "index" | "constraint" | "value";

/** Says that something of the current schema is something of the target under another name. */
export interface Rename {
  /** Absent where the names alone must tell: what fits is looked for in the order of {@link RenameKind}. */
  readonly kind?: RenameKind;
  /** The table that holds a column, index or constraint, by its old or its new name; the enum that a value is of. */
  readonly table?: string;
  readonly from: string;
  readonly to: string;
}

/** The renames between two schemas, in any order. */
export type Renames = readonly Rename[];

import type { DialectOptions } from "./dialect-options.ts";

/** What happens to a row when the row it points to is deleted or its key changes. */
export type ReferentialAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

/** When a deferrable constraint is checked unless a transaction says otherwise. */
export type Deferrable = "initially immediate" | "initially deferred";

/** The primary key of a table. */
export interface PrimaryKey {
  readonly kind: "primaryKey";
  readonly name?: string;
  readonly columns: readonly string[];
  readonly options?: DialectOptions;
}

/** No two rows may agree in these columns. */
export interface UniqueConstraint {
  readonly kind: "unique";
  readonly name?: string;
  readonly columns: readonly string[];
  readonly deferrable?: Deferrable;
  readonly options?: DialectOptions;
}

/** Every row must satisfy this condition. */
export interface CheckConstraint {
  readonly kind: "check";
  readonly name?: string;
  /** SQL text, without the outer parentheses. */
  readonly expression: string;
  readonly options?: DialectOptions;
}

/** These columns point to a row of another table, or of the same one. */
export interface ForeignKey {
  readonly kind: "foreignKey";
  readonly name?: string;
  readonly columns: readonly string[];
  readonly references: {
    readonly table: string;
    /** Empty where the engine was told only the table, which means its primary key. */
    readonly columns: readonly string[];
  };
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  readonly match?: "full" | "partial" | "simple";
  readonly deferrable?: Deferrable;
  readonly options?: DialectOptions;
}

/** A rule that the rows of a table keep. */
export type Constraint = PrimaryKey | UniqueConstraint | CheckConstraint | ForeignKey;

/** Alembic's `type_` of a constraint. */
export type ConstraintKind = Constraint["kind"];

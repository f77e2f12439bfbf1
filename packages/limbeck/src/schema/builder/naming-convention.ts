import type { Constraint } from "../model/constraint.ts";
import type { UnnamedIndex } from "./table-items.ts";

/** What a naming function is told. */
export interface NamingContext {
  readonly table: string;
  readonly columns: readonly string[];
  /** The table a foreign key points to. */
  readonly referredTable?: string;
  /** Counts the checks of a table from 1, so that two checks get two names. */
  readonly position?: number;
}

/** How constraints and indexes are called when the models don't say; one function per kind. */
export interface NamingConvention {
  readonly primaryKey: (context: NamingContext) => string;
  readonly unique: (context: NamingContext) => string;
  readonly check: (context: NamingContext) => string;
  readonly foreignKey: (context: NamingContext) => string;
  readonly index: (context: NamingContext) => string;
}

const join = (...parts: readonly string[]): string => parts.join("_");

/** The names that are used unless the config brings others: `pk_todos`, `uq_todos_title`, `fk_todos_list_id_lists`, `ix_todos_title`, `ck_todos_title`. */
export const DEFAULT_NAMING_CONVENTION: NamingConvention = Object.freeze({
  primaryKey: ({ table }) => join("pk", table),
  unique: ({ table, columns }) => join("uq", table, ...columns),
  check: ({ table, columns, position = 1 }) =>
    join("ck", table, ...(columns.length > 0 ? columns : [String(position)])),
  foreignKey: ({ table, columns, referredTable = "" }) => join("fk", table, ...columns, referredTable),
  index: ({ table, columns }) => join("ix", table, ...columns),
} satisfies NamingConvention);

/** The name that the convention gives to a constraint, whatever it is called. */
export function conventionalName(
  constraint: Constraint,
  table: string,
  convention: NamingConvention,
  context: Partial<NamingContext> = {},
): string {
  const columns = constraint.kind === "check" ? [] : constraint.columns;
  const referred = constraint.kind === "foreignKey" ? { referredTable: constraint.references.table } : {};
  return convention[constraint.kind]({ table, columns, ...referred, ...context });
}

/** A constraint with the name that the convention gives it, unless it has one. */
export function nameConstraint<C extends Constraint>(
  constraint: C,
  table: string,
  convention: NamingConvention,
  context: Partial<NamingContext> = {},
): C {
  if (constraint.name !== undefined) return constraint;
  return { ...constraint, name: conventionalName(constraint, table, convention, context) };
}

/** The constraints of a table with the names that the convention gives them, unless they have some; checks are counted in their order. */
export function nameConstraints(
  constraints: readonly Constraint[],
  table: string,
  convention: NamingConvention,
): readonly Constraint[] {
  let position = 0;
  return constraints.map((constraint) => {
    if (constraint.kind === "check") position += 1;
    return nameConstraint(constraint, table, convention, constraint.kind === "check" ? { position } : {});
  });
}

/** The name of an index: its own, or what the convention makes of its columns. */
export function nameIndex(index: UnnamedIndex, table: string, convention: NamingConvention): string {
  const columns = index.parts.map((part, position) => part.column ?? `expr${position + 1}`);
  return index.name ?? convention.index({ table, columns });
}

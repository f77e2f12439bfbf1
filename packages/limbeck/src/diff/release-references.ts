import type { Operation, OperationMap } from "../ops/operation.ts";
import type { Constraint, ForeignKey } from "../schema/model/constraint.ts";
import type { ColumnTypeKind } from "../schema/model/column-type.ts";
import type { Table } from "../schema/model/table.ts";
import type { DiffRules } from "./diff-rules.ts";
import { listSources } from "./list-sources.ts";
import type { SchemaStates } from "./schema-states.ts";
import { isSameConstraint, type ConstraintContext } from "./same-constraint.ts";
import { isSameStructure } from "./same-structure.ts";

/** A key of a table that goes, or columns of a table that become something else. */
interface Disturbed {
  readonly table: string;
  readonly columns: readonly string[];
  /** Whether all columns of a reference have to be among them, or one is enough. */
  readonly isKey: boolean;
  /** Whether the table itself goes, to come back. */
  readonly isWhole?: true;
}

const WHOLE: readonly ColumnTypeKind[] = ["smallint", "integer", "bigint"];

/** What may be text; types in the engine's own words among them. */
const TEXTS: readonly ColumnTypeKind[] = ["text", "varchar", "char", "raw"];

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name));

const findNamed = (tables: readonly Table[], name: string): Table | undefined =>
  tables.find((table) => table.name === name);

/** A key that comes back in the same words has got another name, and those who point to it need not know. */
function comesBack(
  key: Constraint,
  table: string,
  operations: readonly Operation[],
  context: ConstraintContext,
): boolean {
  return operations.some(
    (one) => one.kind === "addConstraint" && one.table === table && isSameConstraint(one.constraint, key, context),
  );
}

type Alteration = OperationMap["alterColumn"];

const changesNature = ({ from, to }: Alteration, rules: DiffRules): boolean =>
  !rules.sameType(from.type, to.type) || from.collation !== to.collation;

function becomesOther(alteration: Alteration, rules: DiffRules): boolean {
  const { from, to } = alteration;
  // It gets other values, which may point nowhere, or is made anew for them.
  if (!isSameStructure(from.generated, to.generated)) return true;
  if (rules.referencesHoldTypes) return changesNature(alteration, rules);
  const [old, fresh] = [from.type.kind, to.type.kind];
  // Numbers of other sizes still compare.
  return old !== fresh && !(WHOLE.includes(old) && WHOLE.includes(fresh));
}

/** The columns of a table that get another kind of values, or get them in another way. */
function listOther(one: Alteration, tables: readonly Table[], rules: DiffRules): readonly string[] {
  const own = becomesOther(one, rules) ? [one.to.name] : [];
  const table = findNamed(tables, one.table);
  if (!table || !changesNature(one, rules)) return own;
  // What is computed from it is computed anew, or has to be made anew.
  const computed = table.columns.filter(({ name }) => listSources(name, table).includes(one.to.name));
  return [...own, ...computed.map(({ name }) => name)];
}

function findDisturbed(
  operations: readonly Operation[],
  { current }: SchemaStates,
  context: ConstraintContext,
): readonly Disturbed[] {
  return operations.flatMap((one): readonly Disturbed[] => {
    if (one.kind === "alterColumn") {
      return [{ table: one.table, columns: listOther(one, current.tables, context.rules), isKey: false }];
    }
    if (one.kind === "setTableOptions") {
      const columns = findNamed(current.tables, one.table)?.columns ?? [];
      const texts = columns.filter(({ type, collation }) => TEXTS.includes(type.kind) && collation === undefined);
      const isOther = context.rules.changesText(one.from, one.to);
      return isOther ? [{ table: one.table, columns: texts.map(({ name }) => name), isKey: false }] : [];
    }
    if (one.kind === "dropTable") return [{ table: one.table.name, columns: [], isKey: false, isWhole: true }];
    if (one.kind !== "dropConstraint") return [];
    const { name, kind } = one.constraint;
    const key = findNamed(current.tables, one.table)?.constraints.find((found) => found.name === name);
    if ((kind !== "primaryKey" && kind !== "unique") || !key || key.kind === "check") return [];
    return comesBack(key, one.table, operations, context)
      ? []
      : [{ table: one.table, columns: key.columns, isKey: true }];
  });
}

function isHeld(key: ForeignKey, table: string, disturbed: readonly Disturbed[]): boolean {
  const { table: target, columns } = key.references;
  return disturbed.some((one) => {
    if (one.isWhole) return one.table === target;
    if (one.isKey) return one.table === target && isSameSet(columns, one.columns);
    const own = one.table === table && key.columns.some((name) => one.columns.includes(name));
    return own || (one.table === target && columns.some((name) => one.columns.includes(name)));
  });
}

/** Whether a column and the one whose changes it follows both begin or cease to allow NULL, so that there is no order in which they agree: a table may refer to itself. */
function changesNullsOnBothSides(key: ForeignKey, table: string, operations: readonly Operation[]): boolean {
  const { table: target, columns: targets } = key.references;
  const changesNulls = (of: string, column: string | undefined): boolean =>
    operations.some(
      (one) =>
        one.kind === "alterColumn" &&
        one.table === of &&
        one.to.name === column &&
        one.from.nullable !== one.to.nullable,
    );
  const pairs = key.columns.map((column, position) => [column, targets[position]] as const);
  return (
    key.onUpdate === "cascade" && pairs.some(([own, other]) => changesNulls(table, own) && changesNulls(target, other))
  );
}

/**
 * Foreign keys that stay as they are, and have to go all the same while the key that they point to is dropped, or their columns become something else.
 *
 * @param operations what is done to the tables
 * @returns what takes them away, and what gives them back, in no order
 */
export function releaseReferences(
  operations: readonly Operation[],
  states: SchemaStates,
  context: ConstraintContext,
): readonly Operation[] {
  const disturbed = findDisturbed(operations, states, context);
  const isDropped = (table: string, name: string | undefined): boolean =>
    operations.some((one) => one.kind === "dropConstraint" && one.table === table && one.constraint.name === name);
  const gone = new Set(disturbed.flatMap(({ table, isWhole }) => (isWhole ? table : [])));
  return states.current.tables
    .filter(({ name }) => !gone.has(name))
    .flatMap(({ name: table, constraints }) =>
      constraints.flatMap((key, position): readonly Operation[] => {
        if (key.kind !== "foreignKey" || isDropped(table, key.name)) return [];
        const agrees = !context.rules.referencesHoldTypes || !changesNullsOnBothSides(key, table, operations);
        if (agrees && !isHeld(key, table, disturbed)) return [];
        const wanted = findNamed(states.target.tables, table)?.constraints.find(
          ({ kind, name }) => kind === "foreignKey" && name === key.name,
        );
        if (!wanted) return [];
        const original = findNamed(states.original.tables, table)?.constraints[position] ?? key;
        return [
          { kind: "dropConstraint", table, constraint: original },
          { kind: "addConstraint", table, constraint: wanted },
        ];
      }),
    );
}

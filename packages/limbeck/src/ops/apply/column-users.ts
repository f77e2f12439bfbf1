import type { Constraint } from "../../schema/model/constraint.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import type { Table } from "../../schema/model/table.ts";
import { mentionsIdentifier } from "../expression/identifiers.ts";

/** Something that cannot stay when a column goes. */
export interface ColumnUser {
  /** In words, for example `index ix_todos_title`. */
  readonly object: string;
  /** The call that takes it away. */
  readonly fix: string;
}

const CONSTRAINT_WORDS: { readonly [Kind in Constraint["kind"]]: string } = {
  primaryKey: "primary key",
  unique: "unique constraint",
  check: "check",
  foreignKey: "foreign key",
};

const quote = (text: string): string => JSON.stringify(text);

/** A constraint as a revision file refers to it: by its name, else by its definition. */
function referTo(constraint: Constraint): string {
  if (constraint.name !== undefined) return quote(constraint.name);
  if (constraint.kind === "check") return `check(${quote(constraint.expression)})`;
  const columns = `[${constraint.columns.map(quote).join(", ")}]`;
  if (constraint.kind !== "foreignKey") return `${constraint.kind}(${columns})`;
  const { table, columns: targets } = constraint.references;
  return `foreignKey(${columns}, { table: ${quote(table)}, columns: [${targets.map(quote).join(", ")}] })`;
}

function describeConstraint(table: string, constraint: Constraint): ColumnUser {
  const name =
    constraint.name ?? (constraint.kind === "check" ? constraint.expression : `(${constraint.columns.join(", ")})`);
  return {
    object: `${CONSTRAINT_WORDS[constraint.kind]} ${name}`,
    fix: `await op.dropConstraint(${referTo(constraint)}, ${quote(table)});`,
  };
}

function usesColumn(constraint: Constraint, column: string): boolean {
  if (constraint.kind === "check") return mentionsIdentifier(constraint.expression, column);
  return constraint.columns.includes(column);
}

function indexUsesColumn(index: TableIndex, column: string): boolean {
  const texts = [index.where, ...index.parts.map((part) => part.expression)];
  return (
    index.parts.some((part) => part.column === column) ||
    texts.some((text) => text !== undefined && mentionsIdentifier(text, column))
  );
}

function findIncomingKeys(schema: Schema, table: Table, column: string): readonly ColumnUser[] {
  return schema.tables.flatMap((other) =>
    other.constraints
      .filter((constraint) => constraint.kind === "foreignKey")
      .filter(({ references }) => references.table === table.name && references.columns.includes(column))
      .filter((key) => other.name !== table.name || !key.columns.includes(column))
      .map((key) => {
        const user = describeConstraint(other.name, key);
        return { ...user, object: `${user.object} of table ${other.name}` };
      }),
  );
}

/** Everything but views and triggers that names a column: what has to be dropped before it. */
export function findColumnUsers(schema: Schema, table: Table, column: string): readonly ColumnUser[] {
  const generated = table.columns.filter(
    (other) => other.name !== column && other.generated && mentionsIdentifier(other.generated.expression, column),
  );
  return [
    ...table.indexes
      .filter((index) => indexUsesColumn(index, column))
      .map(({ name }) => ({
        object: `index ${name}`,
        fix: `await op.dropIndex(${quote(name)}, ${quote(table.name)});`,
      })),
    ...table.constraints
      .filter((constraint) => usesColumn(constraint, column))
      .map((constraint) => describeConstraint(table.name, constraint)),
    ...generated.map(({ name }) => ({
      object: `generated column ${name}`,
      fix: `await op.dropColumn(${quote(table.name)}, ${quote(name)});`,
    })),
    ...findIncomingKeys(schema, table, column),
  ];
}

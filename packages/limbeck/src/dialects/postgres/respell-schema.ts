import type { Constraint } from "../../schema/model/constraint.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";

/** What a key is about, whatever it is called. */
function describeKey(constraint: Constraint): string | undefined {
  if (constraint.kind !== "primaryKey" && constraint.kind !== "unique") return undefined;
  const { columns, options } = constraint;
  return JSON.stringify([columns, constraint.kind === "unique" ? constraint.deferrable : undefined, options]);
}

/** A table is created without a unique constraint that only says again what a key before it says, the primary key first of all. */
function withoutRepetitions(table: Table): Table {
  const key = table.constraints.find(({ kind }) => kind === "primaryKey");
  const known = new Set(key && [describeKey(key)]);
  const constraints = table.constraints.filter((constraint) => {
    if (constraint.kind !== "unique") return true;
    const about = describeKey(constraint);
    const isNew = !known.has(about);
    known.add(about);
    return isNew;
  });
  return { ...table, constraints };
}

/** A schema as the server would give it back, as far as what is there is concerned. https://www.postgresql.org/docs/current/sql-createtable.html */
export const respellSchema = (schema: Schema): Schema => ({ ...schema, tables: schema.tables.map(withoutRepetitions) });

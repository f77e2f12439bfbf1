import type { DialectOptions } from "../../schema/model/dialect-options.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import { dispatchOperation, type Operation, type OperationTable, type SoftDeleteChange } from "../operation.ts";
import { readLiveRule, readPlainUnique } from "../soft-delete/read-live-rule.ts";
import { describeColumnChange } from "./describe-column-change.ts";
import { describeEnumChange } from "./describe-enum-change.ts";

const LONGEST_TEXT = 60;

/** SQL on one line, cut where it gets long. */
function shorten(sql: string): string {
  const line = sql.trim().replaceAll(/\s+/g, " ");
  return line.length <= LONGEST_TEXT ? line : `${line.slice(0, LONGEST_TEXT - 3)}...`;
}

const listOptionNames = (options: DialectOptions | null): readonly string[] =>
  Object.values(options ?? {}).flatMap((ofEngine) => Object.keys(ofEngine));

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? "" : "s"}`;

function describeConstraint(constraint: Constraint): string {
  const name = constraint.name === undefined ? "" : ` ${constraint.name}`;
  if (constraint.kind === "check") return `check${name} (${shorten(constraint.expression)})`;
  const columns = `(${constraint.columns.join(", ")})`;
  if (constraint.kind === "primaryKey") return `primary key ${columns}`;
  if (constraint.kind === "unique") return `unique constraint${name} ${columns}`;
  const { table, columns: targets } = constraint.references;
  return `foreign key${name} ${columns} to ${table}${targets.length === 0 ? "" : ` (${targets.join(", ")})`}`;
}

function describeIndex({ name, unique, parts, where }: TableIndex): string {
  const terms = parts.map(({ column, expression, order }) => {
    const term = column ?? `(${shorten(expression ?? "")})`;
    return order === "desc" ? `${term} desc` : term;
  });
  const condition = where === undefined ? "" : ` where ${shorten(where)}`;
  return `${unique ? "unique index" : "index"} ${name} (${terms.join(", ")})${condition}`;
}

/** The column that says when a row was deleted, and what else comes with it. */
function describeSoftDelete({ column, operations }: SoftDeleteChange): string {
  const coming = operations.filter(({ kind }) => !kind.startsWith("drop"));
  const list = (columns: readonly (readonly string[])[]): string =>
    columns.map((names) => names.join(" and ")).join("; ");
  const say = (words: string, columns: readonly (readonly string[])[]): readonly string[] =>
    columns.length === 0 ? [] : [`${words} ${list(columns)}`];
  const rules = coming.flatMap((one) => readLiveRule(one, column) ?? []);
  const ofKind = (kind: string) => rules.flatMap((rule) => (rule.kind === kind ? [rule.columns] : []));
  return [
    column,
    ...say("unique among live rows:", ofKind("liveUnique")),
    ...say("index of live rows:", ofKind("liveIndex")),
    ...say(
      "unique again:",
      coming.flatMap((one) => [readPlainUnique(one) ?? []]).filter((names) => names.length > 0),
    ),
  ].join(", ");
}

const DESCRIBE: OperationTable<string> = {
  createTable: ({ table }) => `create table ${table.name} (${count(table.columns.length, "column")})`,
  dropTable: ({ table }) => `drop table ${table.name}`,
  renameTable: ({ from, to }) => `rename table ${from} to ${to}`,
  addColumn: ({ table, column }) => `add column ${column.name} to ${table}`,
  dropColumn: ({ table, column }) => `drop column ${column.name} from ${table}`,
  renameColumn: ({ table, from, to }) => `rename column ${table}.${from} to ${to}`,
  alterColumn: ({ table, from, to }) => describeColumnChange(table, from, to),
  addConstraint: ({ table, constraint }) => `add ${describeConstraint(constraint)} to ${table}`,
  dropConstraint: ({ table, constraint }) => `drop ${describeConstraint(constraint)} from ${table}`,
  createIndex: ({ table, index }) => `create ${describeIndex(index)} on ${table}`,
  dropIndex: ({ table, index }) => `drop index ${index.name} from ${table}`,
  renameIndex: ({ table, from, to }) => `rename index ${from} of ${table} to ${to}`,
  setTableOptions: ({ table, from, to }) => {
    const gone = listOptionNames(from).filter((name) => !listOptionNames(to).includes(name));
    if (!to) return `drop options of ${table}: ${gone.join(", ")}`;
    return `set options of ${table} to ${JSON.stringify(to)}${gone.length > 0 ? `, without ${gone.join(", ")}` : ""}`;
  },
  setTableComment: ({ table, to }) =>
    to === null ? `drop comment of ${table}` : `set comment of ${table} to ${JSON.stringify(to)}`,
  createView: ({ view }) => `create view ${view.name}`,
  dropView: ({ view }) => `drop view ${view.name}`,
  createTrigger: ({ trigger }) => `create trigger ${trigger.name} on ${trigger.table}`,
  dropTrigger: ({ trigger }) => `drop trigger ${trigger.name} from ${trigger.table}`,
  createEnum: ({ enum: { name, values } }) => `create enum ${name} (${values.join(", ")})`,
  dropEnum: ({ enum: { name } }) => `drop enum ${name}`,
  alterEnum: ({ name, from, to }) => describeEnumChange(name, from, to),
  renameEnumValue: ({ name, from, to }) => `rename value ${from} of enum ${name} to ${to}`,
  createSequence: ({ sequence }) => `create sequence ${sequence.name}`,
  dropSequence: ({ sequence }) => `drop sequence ${sequence.name}`,
  alterSequence: ({ to }) => `change sequence ${to.name}`,
  createObject: ({ object }) => `create ${object.kind} ${object.name}`,
  dropObject: ({ object }) => `drop ${object.kind} ${object.name}`,
  replaceObject: ({ to }) => `change ${to.kind} ${to.name}`,
  alterTable: ({ table, operations }) =>
    operations.length === 0 ? `rebuild table ${table}` : operations.map(describeOperation).join("; "),
  enableSoftDelete: (operation) => `enable soft delete of ${operation.table} (${describeSoftDelete(operation)})`,
  disableSoftDelete: (operation) => `disable soft delete of ${operation.table} (${describeSoftDelete(operation)})`,
  execute: ({ sql }) => `run ${shorten(sql)}`,
  custom: ({ verbs, data }) => verbs.describe(data),
  bulkInsert: ({ table, rows }) => `insert ${count(rows.length, "row")} into ${table}`,
};

/**
 * An operation in one line for people.
 *
 * @example
 * describeOperation({ kind: "renameColumn", table: "todos", from: "done", to: "is_done" }); // rename column todos.done to is_done
 */
export function describeOperation(operation: Operation): string {
  return dispatchOperation(DESCRIBE, operation);
}

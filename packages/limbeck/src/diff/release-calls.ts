import type { Operation, TableOperation } from "../ops/operation.ts";
import type { Column } from "../schema/model/column.ts";
import type { TableIndex } from "../schema/model/table-index.ts";
import type { Table } from "../schema/model/table.ts";
import type { DiffRules } from "./diff-rules.ts";
import { findMentioned } from "./find-mentioned.ts";
import type { SchemaStates } from "./schema-states.ts";

type Calls = (sql: string | undefined) => boolean;

/** A column without what calls something; itself where nothing does. */
function quieten(column: Column, calls: Calls): Column {
  const { default: value, generated, ...rest } = column;
  const keepsDefault = value?.kind !== "expression" || !calls(value.sql);
  const keepsGenerated = generated === undefined || !calls(generated.expression);
  if (keepsDefault && keepsGenerated) return column;
  return {
    ...rest,
    ...(value && keepsDefault && { default: value }),
    ...(generated && keepsGenerated && { generated }),
  };
}

const callsInIndex = ({ where, parts }: TableIndex, calls: Calls): boolean =>
  calls(where) || parts.some(({ expression }) => calls(expression));

/** What is done to a table, and what has to be done besides. */
function releaseTable(
  [current, target]: readonly [Table, Table],
  operations: readonly TableOperation[],
  calls: Calls,
): readonly TableOperation[] {
  const { name: table } = current;
  const isDone = (kind: TableOperation["kind"], name: string | undefined): boolean =>
    operations.some(
      (one) =>
        one.kind === kind &&
        (("constraint" in one && one.constraint.name === name) || ("index" in one && one.index.name === name)),
    );
  const columns = current.columns.flatMap((from): readonly TableOperation[] => {
    const quiet = quieten(from, calls);
    const to = target.columns.find(({ name }) => name === from.name);
    if (quiet === from || !to) return [];
    return [
      { kind: "alterColumn", table, from, to: quiet },
      { kind: "alterColumn", table, from: quiet, to },
    ];
  });
  const changed = new Set(columns.map((one) => (one.kind === "alterColumn" ? one.from.name : "")));
  const checks = current.constraints.filter((one) => one.kind === "check" && calls(one.expression));
  return [
    ...operations.filter((one) => one.kind !== "alterColumn" || !changed.has(one.from.name)),
    ...columns,
    ...checks
      .filter(({ name }) => !isDone("dropConstraint", name))
      .flatMap((constraint): readonly TableOperation[] => {
        const wanted = target.constraints.find(({ name }) => name === constraint.name) ?? constraint;
        return [
          { kind: "dropConstraint", table, constraint },
          { kind: "addConstraint", table, constraint: wanted },
        ];
      }),
    ...current.indexes
      .filter((index) => callsInIndex(index, calls) && !isDone("dropIndex", index.name))
      .flatMap((index): readonly TableOperation[] => {
        const wanted = target.indexes.find(({ name }) => name === index.name) ?? index;
        return [
          { kind: "dropIndex", table, index },
          { kind: "createIndex", table, index: wanted },
        ];
      }),
  ];
}

const isOf = (one: Operation, table: string): one is TableOperation =>
  "table" in one &&
  one.table === table &&
  one.kind !== "alterTable" &&
  one.kind !== "renameIndex" &&
  one.kind !== "bulkInsert";

/**
 * Defaults, computed columns, checks and indexes that call a function which goes, be it to come back: they let go of it meanwhile.
 *
 * @param definitions what is done to functions and the like
 * @param tables what is done to tables
 * @returns what is done to tables then
 */
export function releaseCalls(
  definitions: readonly Operation[],
  tables: readonly Operation[],
  { current, target }: SchemaStates,
  rules: DiffRules,
): readonly Operation[] {
  const gone = definitions.flatMap((one) =>
    one.kind === "dropObject" && rules.comesBeforeTables(one.object) ? (rules.findCalledName(one.object) ?? []) : [],
  );
  const calls: Calls = (sql) => sql !== undefined && findMentioned(sql, gone).length > 0;
  const whole = new Set(tables.flatMap((one) => (one.kind === "dropTable" ? one.table.name : [])));
  if (!rules.viewsHoldColumns || gone.length === 0) return tables;
  let released = tables;
  for (const table of current.tables.filter(({ name }) => !whole.has(name))) {
    const wanted = target.tables.find(({ name }) => name === table.name);
    const own = released.filter((one) => isOf(one, table.name));
    const more = wanted ? releaseTable([table, wanted], own, calls) : own;
    if (more.length !== own.length)
      released = [...released.filter((one) => !own.some((other) => other === one)), ...more];
  }
  return released;
}

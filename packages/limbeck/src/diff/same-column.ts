import type { Column, ColumnDefault, GeneratedColumn } from "../schema/model/column.ts";
import type { DialectOptions } from "../schema/model/dialect-options.ts";
import type { DiffRules } from "./diff-rules.ts";
import { isSameStructure } from "./same-structure.ts";

const isGiven = ([, options]: readonly [string, object]): boolean => Object.keys(options).length > 0;

/** Whether two sets of options are one; options that say nothing count as absent. */
export function isSameOptions(a: DialectOptions | undefined, b: DialectOptions | undefined): boolean {
  if (a === b) return true;
  const strip = (options: DialectOptions = {}): object => Object.fromEntries(Object.entries(options).filter(isGiven));
  return isSameStructure(strip(a), strip(b));
}

/** `DEFAULT NULL` is what a column without a default does anyway. */
const findDefault = (column: Column): ColumnDefault | undefined =>
  column.default?.kind === "value" && column.default.value === null ? undefined : column.default;

function isSameDefault(a: ColumnDefault | undefined, b: ColumnDefault | undefined, rules: DiffRules): boolean {
  if (a?.kind === "expression" && b?.kind === "expression") return rules.sameExpression(a.sql, b.sql);
  return isSameStructure(a, b);
}

function isSameGenerated(a: GeneratedColumn | undefined, b: GeneratedColumn | undefined, rules: DiffRules): boolean {
  if (!a || !b) return a === b;
  return a.storage === b.storage && rules.sameExpression(a.expression, b.expression);
}

/** Whether two columns are one to the engine, names aside. */
export function isSameColumn(a: Column, b: Column, rules: DiffRules): boolean {
  return (
    rules.sameType(a.type, b.type) &&
    a.nullable === b.nullable &&
    (a.autoIncrement ?? false) === (b.autoIncrement ?? false) &&
    a.collation === b.collation &&
    (rules.ignoreComments || (a.comment ?? "") === (b.comment ?? "")) &&
    isSameDefault(findDefault(a), findDefault(b), rules) &&
    isSameGenerated(a.generated, b.generated, rules) &&
    isSameOptions(a.options, b.options)
  );
}

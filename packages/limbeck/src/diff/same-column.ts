import type { Column, ColumnDefault, GeneratedColumn } from "../schema/model/column.ts";
import type { DialectOptions } from "../schema/model/dialect-options.ts";
import type { DiffRules } from "./diff-rules.ts";
import { isSameStructure } from "./same-structure.ts";

/** The options that say something, by dialect. */
function stripOptions(options: DialectOptions, idle: readonly string[]): DialectOptions {
  const stripped = Object.entries(options).map(([dialect, own]) => {
    const entries = Object.entries(own).filter(([name]) => !idle.includes(name));
    return [dialect, Object.fromEntries(entries)] as const;
  });
  return Object.fromEntries(stripped.filter(([, own]) => Object.keys(own).length > 0));
}

/** Whether two sets of options are one, value by value; one that says nothing may be absent. */
function isSameByValue(
  a: DialectOptions,
  b: DialectOptions,
  sameOption: NonNullable<DiffRules["sameOption"]>,
): boolean {
  const dialects = Object.keys(a).concat(Object.keys(b));
  return dialects.every((dialect) => {
    const [left, right] = [a[dialect] ?? {}, b[dialect] ?? {}];
    return Object.keys({ ...left, ...right }).every((name) => sameOption(left[name], right[name]));
  });
}

/**
 * Whether two sets of options are one; options that say nothing count as absent.
 *
 * @param idle names of options that mean nothing; default none
 */
export function isSameOptions(
  a: DialectOptions | undefined,
  b: DialectOptions | undefined,
  { sameOption }: Pick<DiffRules, "sameOption">,
  idle: readonly string[] = [],
): boolean {
  if (isSameStructure(a, b)) return true;
  const [left, right] = [stripOptions(a ?? {}, idle), stripOptions(b ?? {}, idle)];
  return sameOption ? isSameByValue(left, right, sameOption) : isSameStructure(left, right);
}

/** `DEFAULT NULL` is what a column without a default does anyway. */
const findDefault = (column: Column): ColumnDefault | undefined =>
  column.default?.kind === "value" && column.default.value === null ? undefined : column.default;

function isSameDefault(a: ColumnDefault | undefined, b: ColumnDefault | undefined, rules: DiffRules): boolean {
  if (a && b && rules.sameDefault) return rules.sameDefault(a, b);
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
    isSameOptions(a.options, b.options, rules, rules.idleColumnOptions)
  );
}

import type { Dialect } from "../../dialect/dialect.ts";
import type { SqlValue } from "../../ops/operation.ts";
import { mentionsIdentifier } from "../../ops/expression/identifiers.ts";
import type { Column } from "../../schema/model/column.ts";
import type { Table } from "../../schema/model/table.ts";

const STRING = /'((?:[^']|'')*)'/g;
const NUMBER = /(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g;

/** Longest text that a length in a condition leads to. */
const LONGEST = 200;

/** What conditions often ask of a text without spelling it out. */
const COMMON: readonly SqlValue[] = ["{}", "[]", "a", "", "a@b.example", "https://example.org", "2024-01-01", 0, 1];

/** The literals of a condition, and their neighbours: what stands in it is what it compares with. */
function readLiterals(condition: string): readonly SqlValue[] {
  const strings = Array.from(condition.matchAll(STRING), ([, text = ""]) => text.replaceAll("''", "'"));
  const numbers = Array.from(condition.replaceAll(STRING, " ").matchAll(NUMBER), ([text]) => Number(text));
  const lengths = numbers.filter((number) => Number.isInteger(number) && number <= LONGEST);
  return [
    ...strings,
    // A pattern fits itself without its wildcards.
    ...strings.map((text) => text.replaceAll(/[%*]/g, "").replaceAll(/[_?]/g, "x")),
    ...numbers.flatMap((number) => [number, number + 1, number - 1]),
    ...lengths.map((length) => "x".repeat(length)),
  ];
}

/** Values that a condition may want: what stands in it, and what many conditions want. */
export const suggestForCondition = (condition: string): readonly SqlValue[] => [
  ...new Set([...readLiterals(condition), ...COMMON]),
];

/** The conditions that rows of a table have to keep. */
export function listConditions(table: Table, { rows }: Pick<Dialect, "rows">): readonly string[] {
  const checks = table.constraints.flatMap((constraint) =>
    constraint.kind === "check" ? [constraint.expression] : [],
  );
  return [...checks, ...rows.listColumnChecks(table)];
}

/** Values that the conditions of a table may want in a column; none where no condition speaks of it. */
export function suggestValues(all: readonly string[], { name }: Column): readonly SqlValue[] {
  const conditions = all.filter((condition) => mentionsIdentifier(condition, name));
  return conditions.length === 0 ? [] : [...new Set([...conditions.flatMap(readLiterals), ...COMMON])];
}

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

/** Values that the checks of a table may want in a column; none where no check speaks of it. */
export function suggestValues(table: Table, { name }: Column): readonly SqlValue[] {
  const conditions = table.constraints.flatMap((constraint) =>
    constraint.kind === "check" && mentionsIdentifier(constraint.expression, name) ? [constraint.expression] : [],
  );
  return conditions.length === 0 ? [] : [...new Set([...conditions.flatMap(readLiterals), ...COMMON])];
}

import type { Column, ColumnDefault, GeneratedColumn } from "../../../schema/model/column.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { SequenceParameters } from "../options.ts";
import { parseType } from "../types.ts";
import type { CatalogueColumn } from "./catalogue/columns.ts";
import { parseDefault } from "./parse-default.ts";
import { readStorage } from "./read-inherited.ts";
import { stripParentheses } from "./strip-parentheses.ts";
import { toOptions } from "./to-options.ts";

/** Numbered by a sequence that came with it and has nothing particular about it. */
const isSerial = ({ countsUp, sequence, notNull, identity }: CatalogueColumn): boolean =>
  identity === "" && countsUp && notNull && sequence?.plain === true;

const HIGHEST: ReadonlyMap<string, string> = new Map([
  ["smallint", "32767"],
  ["integer", "2147483647"],
]);

/** What a sequence that begins at 1 and counts by one to the end of its type would not say. */
function readSequence({ identity, sequence, baseType }: CatalogueColumn): { readonly sequence?: SequenceParameters } {
  if (identity === "" || sequence === null || sequence.plain) return {};
  const { start, increment, minimum, maximum, cache, cycle } = sequence;
  const highest = HIGHEST.get(baseType) ?? "9223372036854775807";
  return {
    sequence: {
      ...(start !== "1" && { start }),
      ...(increment !== "1" && { increment }),
      ...(minimum !== "1" && { minimum }),
      ...(maximum !== highest && { maximum }),
      ...(cache !== "1" && { cache }),
      ...(cycle && { cycle }),
    },
  };
}

function findOptions(column: CatalogueColumn) {
  return toOptions<"column">({
    ...(isSerial(column) && { serial: true as const }),
    ...(column.identity === "a" && { identity: "always" as const }),
    ...readSequence(column),
    ...(column.notNullName !== null && { notNullName: column.notNullName }),
    ...(column.notNullNoInherit && { notNullNoInherit: true as const }),
    ...(column.notNullNotValid && { notNullNotValid: true as const }),
    ...readStorage(column),
  });
}

function findGenerated({ generated, expression }: CatalogueColumn): GeneratedColumn | undefined {
  if (generated === "" || expression === null) return undefined;
  return { expression: stripParentheses(expression), storage: generated === "v" ? "virtual" : "stored" };
}

function findDefault(column: CatalogueColumn, type: ColumnType): ColumnDefault | undefined {
  const { generated, expression, baseType } = column;
  if (expression === null || generated !== "" || isSerial(column)) return undefined;
  return parseDefault(expression, type, baseType);
}

/** The column that the catalogue describes. */
export function buildColumn(column: CatalogueColumn): Column {
  const { name, notNull, identity, collation, comment } = column;
  const type = parseType(column.type);
  const generated = findGenerated(column);
  const ownDefault = findDefault(column, type);
  return {
    name,
    type,
    nullable: !notNull,
    ...(ownDefault && { default: ownDefault }),
    ...(generated && { generated }),
    ...((identity !== "" || isSerial(column)) && { autoIncrement: true }),
    ...(collation !== null && { collation }),
    ...(comment !== null && { comment }),
    ...findOptions(column),
  };
}

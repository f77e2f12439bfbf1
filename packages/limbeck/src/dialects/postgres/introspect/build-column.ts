import type { Column, ColumnDefault, GeneratedColumn } from "../../../schema/model/column.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import { parseType } from "../types.ts";
import type { CatalogueColumn } from "./catalogue/columns.ts";
import { parseDefault } from "./parse-default.ts";
import { stripParentheses } from "./strip-parentheses.ts";
import { toOptions } from "./to-options.ts";

/** Numbered by a sequence that came with it and has nothing particular about it. */
const isSerial = ({ countsUp, sequence, notNull, identity }: CatalogueColumn): boolean =>
  identity === "" && countsUp && notNull && sequence?.plain === true;

function findOptions(column: CatalogueColumn) {
  return toOptions<"column">({
    ...(isSerial(column) && { serial: true as const }),
    ...(column.identity === "a" && { identity: "always" as const }),
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

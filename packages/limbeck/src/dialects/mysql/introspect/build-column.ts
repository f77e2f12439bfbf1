import type { Column, ColumnDefault, GeneratedColumn } from "../../../schema/model/column.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { Capabilities } from "../capabilities.ts";
import { quoteIdentifier } from "../quote.ts";
import { parseType } from "../types.ts";
import type { CatalogueColumn } from "./catalogue/columns.ts";
import { parseBareDefault, parseDefault } from "./parse-default.ts";
import type { Spell } from "./spelling.ts";
import { stripParentheses } from "./spelling.ts";
import { toOptions } from "./to-options.ts";

/** What the table says that a column belongs to. */
export interface ColumnContext {
  readonly capabilities: Capabilities;
  readonly spell: Spell;
  /** The collation of the table. */
  readonly collation: string | null;
  /** The check that is a part of the column. */
  readonly check: string | undefined;
}

const ON_UPDATE = /\bon update ([^\s(]+(?:\(\d*\))?)/i;

/** On MariaDB JSON is text with a certain collation, and a check that it can be read. https://mariadb.com/kb/en/json-data-type/ */
function isJsonAlias({ name, type, collation }: CatalogueColumn, check: string | undefined): boolean {
  return type === "longtext" && collation === "utf8mb4_bin" && check === `json_valid(${quoteIdentifier(name)})`;
}

function findGenerated(column: CatalogueColumn, spell: Spell): GeneratedColumn | undefined {
  const { extra, expression } = column;
  if (findRowTime(column)) return undefined;
  const [, word] = /\b(VIRTUAL|STORED|PERSISTENT)(?: GENERATED)?\b/i.exec(extra) ?? [];
  if (word === undefined || expression === null || expression === "") return undefined;
  const storage = word.toUpperCase() === "VIRTUAL" ? "virtual" : "stored";
  return { expression: stripParentheses(spell(expression)), storage };
}

function findDefault(
  column: CatalogueColumn,
  type: ColumnType,
  { capabilities, spell }: ColumnContext,
): ColumnDefault | undefined {
  if (column.default === null) return undefined;
  if (capabilities.hasQuotedDefaults) return parseDefault(spell(column.default), type);
  return parseBareDefault(spell(column.default), type, /\bDEFAULT_GENERATED\b/i.test(column.extra));
}

/** Whether the server writes into the column when the row began to count, or ceased to. */
function findRowTime({ expression }: CatalogueColumn): "start" | "end" | undefined {
  const [, word] = /^ROW (START|END)$/i.exec(expression ?? "") ?? [];
  if (word === undefined) return undefined;
  return word.toUpperCase() === "START" ? "start" : "end";
}

/** What the column has beyond the schema model. */
function findOptions(column: CatalogueColumn, check: string | undefined) {
  const { extra } = column;
  const rowTime = findRowTime(column);
  const onUpdate = ON_UPDATE.exec(extra)?.[1];
  return toOptions<"column">({
    ...(/\bINVISIBLE\b/i.test(extra) && { invisible: true as const }),
    ...(onUpdate !== undefined && { onUpdate: onUpdate.toLowerCase() }),
    ...(check !== undefined && { check }),
    ...(/\bWITHOUT SYSTEM VERSIONING\b/i.test(extra) && { unversioned: true as const }),
    ...(rowTime && { rowTime }),
  });
}

/** The column that the catalogue describes. */
export function buildColumn(column: CatalogueColumn, context: ColumnContext): Column {
  const { name, extra, collation, comment } = column;
  const isJson = isJsonAlias(column, context.check);
  const type: ColumnType = isJson ? { kind: "json" } : parseType(column.type);
  const generated = findGenerated(column, context.spell);
  const ownDefault = generated ? undefined : findDefault(column, type, context);
  return {
    name,
    type,
    nullable: column.nullable === "YES",
    ...(ownDefault && { default: ownDefault }),
    ...(generated && { generated }),
    ...(/\bauto_increment\b/i.test(extra) && { autoIncrement: true }),
    ...(collation !== null && collation !== context.collation && !isJson && { collation }),
    ...(comment !== "" && { comment }),
    ...findOptions(column, isJson || context.check === undefined ? undefined : context.spell(context.check)),
  };
}

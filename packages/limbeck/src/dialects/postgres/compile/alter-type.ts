import type { Statement } from "../../../dialect/statement.ts";
import type { Column } from "../../../schema/model/column.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import { quoteName } from "../names.ts";
import { quoteIdentifier } from "../quote.ts";
import { renderType } from "../types.ts";
import { isAssignable } from "../values/is-assignable.ts";
import { resolveDomain } from "../values/resolve-domain.ts";
import { endsWithBlanks, findValueKind, isNumber, lengthOf, type ValueKind } from "../values/value-kind.ts";

const convertsByItself = (from: ColumnType, to: ColumnType): boolean =>
  renderType(from) === renderType(to) || isAssignable(findValueKind(from), findValueKind(to));

/** A change from type to type, and what their values are where they are of domains. */
interface Conversion {
  readonly from: ColumnType;
  readonly to: ColumnType;
  readonly own: ValueKind | undefined;
  readonly other: ValueKind | undefined;
}

/** A type without length, for what the server reads from text: a cast to one with a length that is written down would cut what is longer, where the server by itself refuses it. */
function findEndless({ own, other }: Conversion): string | undefined {
  const isOfNumber = own !== undefined && isNumber(own);
  if (other?.family === "bits" && !isOfNumber) return "bit varying";
  if (other?.element?.family === "bits") return "bit varying[]";
  return other?.element?.family === "text" ? "text[]" : undefined;
}

function convert(column: string, conversion: Conversion): string {
  const { from, to, own, other } = conversion;
  const type = findEndless(conversion) ?? renderType(to);
  // Between numbers and booleans there is a cast from and to integer only.
  if (own && isNumber(own) && other?.family === "boolean") return `${column} <> 0`;
  if (own?.family === "boolean" && other && isNumber(other)) return `${column}::integer::${type}`;
  // A type of another making may know no cast but by way of text.
  if (from.kind === "raw" && to.kind === "raw") return `${column}::text::${type}`;
  return `${column}::${type}`;
}

/** The value of a column as one of another type. */
export function convertValue(name: string, from: ColumnType, to: ColumnType): string {
  const column = quoteIdentifier(name);
  const kinds = { own: findValueKind(from), other: findValueKind(to) };
  return convertsByItself(from, to) ? column : convert(column, { from, to, ...kinds });
}

/**
 * ` USING ...`, or nothing where the server converts by itself: a cast that is written down cuts text and bits that are too long, where the server would refuse them.
 *
 * @param objects of the database, domains among them, whose values convert as those that they are made of
 */
export function renderUsing(
  name: string,
  { from, to }: { readonly from: ColumnType; readonly to: ColumnType },
  objects: readonly DefinedObject[],
): string {
  const [before, after] = [resolveDomain(from, objects), resolveDomain(to, objects)];
  if (convertsByItself(before, after)) return "";
  const kinds = { own: findValueKind(before), other: findValueKind(after) };
  return ` USING ${convert(quoteIdentifier(name), { from, to, ...kinds })}`;
}

/** What a condition is about: the value itself, or those of a list. */
function findTexts(
  from: ValueKind | undefined,
  to: ValueKind | undefined,
): readonly [ValueKind, ValueKind] | undefined {
  if (!from || !to) return undefined;
  return from.family === "list" && to.family === "list" ? findTexts(from.element, to.element) : [from, to];
}

/** The server refuses text that is too long, unless it is too long by blanks at the end, which it would cut. */
export function guardBlanks(table: string, { name, type: from }: Column, to: ColumnType): readonly Statement[] {
  const [own, other] = findTexts(findValueKind(from), findValueKind(to)) ?? [];
  if (!own || !other || other.name !== "character varying" || !endsWithBlanks(own) || lengthOf(other) >= lengthOf(own))
    return [];
  const column = quoteIdentifier(name);
  const isList = findValueKind(to)?.family === "list";
  const isCut = (text: string): string =>
    `char_length(${text}::text) > ${lengthOf(other)} AND char_length(rtrim(${text}::text, ' ')) <= ${lengthOf(other)}`;
  const condition = isList ? `EXISTS (SELECT 1 FROM unnest(${column}) AS one WHERE ${isCut("one")})` : isCut(column);
  return [
    {
      sql: `SELECT count(*) AS rows FROM ${quoteName(table)} WHERE ${condition} HAVING count(*) > 0`,
      guard: `rows of ${table} hold text in ${name} that ends with more blanks than ${renderType(to)} has a place for`,
    },
  ];
}

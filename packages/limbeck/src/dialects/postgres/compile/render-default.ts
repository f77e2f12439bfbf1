import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { Column } from "../../../schema/model/column.ts";
import type { JsonValue } from "../../../schema/model/json.ts";
import { findNowExpression } from "../now.ts";
import { quoteLiteral, quoteText } from "../quote.ts";
import { renderType } from "../types.ts";

const isJsonColumn = ({ type }: Column): boolean =>
  type.kind === "json" || (type.kind === "raw" && /^jsonb?$/.test(type.sql));

function renderValue(column: Column, value: JsonValue): string {
  if (isJsonColumn(column)) return quoteText(JSON.stringify(value));
  if (typeof value !== "object") return quoteLiteral(value);
  throw operationErrors.defaultDoesNotFit({
    column: column.name,
    type: renderType(column.type),
    problem: "Only a JSON column can hold a list or an object.",
  });
}

function renderNow(column: Column): string {
  const expression = findNowExpression(column.type);
  if (expression !== undefined) return expression;
  throw operationErrors.defaultDoesNotFit({
    column: column.name,
    type: renderType(column.type),
    problem: "The database's clock needs a type that holds a date, a time or text.",
  });
}

/**
 * What follows DEFAULT; undefined when the column has no default but NULL.
 *
 * @throws OperationError (defaultDoesNotFit)
 */
export function renderDefault(column: Column): string | undefined {
  const value = column.default;
  switch (value?.kind) {
    case undefined:
      return undefined;
    case "now":
      return renderNow(column);
    case "expression":
      // In parentheses it may be any expression; the server keeps none that it does not need.
      return `(${value.sql})`;
    case "value":
      return value.value === null ? undefined : renderValue(column, value.value);
    default:
      return undefined;
  }
}

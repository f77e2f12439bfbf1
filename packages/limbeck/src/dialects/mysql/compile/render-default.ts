import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { Column } from "../../../schema/model/column.ts";
import type { JsonValue } from "../../../schema/model/json.ts";
import type { Capabilities } from "../capabilities.ts";
import { findNowExpression, isClock } from "../now.ts";
import { quoteLiteral, quoteText } from "../quote.ts";
import { isUnbounded, renderType } from "../types.ts";

const isJsonColumn = ({ type }: Column): boolean =>
  type.kind === "json" || (type.kind === "raw" && /^json$/i.test(type.sql));

function renderValue(column: Column, value: JsonValue): string {
  if (isJsonColumn(column)) return quoteText(JSON.stringify(value));
  if (typeof value !== "object") return quoteLiteral(value);
  throw operationErrors.defaultDoesNotFit({
    column: column.name,
    type: renderType(column.type),
    problem: "Only a JSON column can hold a list or an object.",
  });
}

/** The clock may stand by itself, every other expression in parentheses. */
const renderExpression = (sql: string): string => (isClock(sql) ? sql : `(${sql})`);

function renderNow(column: Column): string {
  const expression = findNowExpression(column.type);
  if (expression !== undefined) return renderExpression(expression);
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
export function renderDefault(column: Column, { hasTextDefaults }: Capabilities): string | undefined {
  const value = column.default;
  switch (value?.kind) {
    case undefined:
      return undefined;
    case "now":
      return renderNow(column);
    case "expression":
      return renderExpression(value.sql);
    case "value": {
      if (value.value === null) return undefined;
      const literal = renderValue(column, value.value);
      return isUnbounded(column.type) && !hasTextDefaults ? `(${literal})` : literal;
    }
    default:
      return undefined;
  }
}

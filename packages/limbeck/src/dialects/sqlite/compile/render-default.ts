import { operationErrors } from "../../../kernel/errors/operation-errors.ts";
import type { Column, ColumnDefault } from "../../../schema/model/column.ts";
import type { JsonValue } from "../../../schema/model/json.ts";
import { findNowExpression } from "../now.ts";
import { quoteLiteral } from "../quote.ts";
import { renderType } from "../types.ts";

/** The only expressions that may stand without parentheses; that is how everyone writes them. */
const CLOCKS = /^CURRENT_(?:TIMESTAMP|DATE|TIME)$/i;

function renderValue(column: Column, value: JsonValue): string {
  if (column.type.kind === "json") return quoteLiteral(JSON.stringify(value));
  if (typeof value !== "object") return quoteLiteral(value);
  throw operationErrors.defaultDoesNotFit({
    column: column.name,
    type: renderType(column.type),
    problem: "Only a JSON column can hold a list or an object.",
  });
}

function renderNow(column: Column): string {
  const expression = findNowExpression(column.type);
  if (expression !== undefined) return `(${expression})`;
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
  const value: ColumnDefault | undefined = column.default;
  switch (value?.kind) {
    case undefined:
      return undefined;
    case "now":
      return renderNow(column);
    case "expression":
      return CLOCKS.test(value.sql) ? value.sql : `(${value.sql})`;
    case "value":
      return value.value === null ? undefined : renderValue(column, value.value);
    default:
      return undefined;
  }
}

import type { PlainItem, UnnamedIndex } from "../../schema/builder/table-items.ts";
import type { Constraint } from "../../schema/model/constraint.ts";
import type { IndexPart } from "../../schema/model/table-index.ts";
import { imported, type Document } from "./document.ts";
import { renderArray, renderCall, renderLiteral } from "./literal.ts";

/** An object as a last argument, left out when there is nothing in it. */
export function renderOptions(options: object): readonly Document[] {
  return Object.keys(options).length > 0 ? [renderLiteral(options)] : [];
}

function renderPart(part: IndexPart): Document {
  const isColumn = part.column !== undefined && Object.keys(part).length === 1;
  return renderLiteral(isColumn ? part.column : part);
}

/** The terms of an index: names where a name says all. */
export function renderTerms(parts: readonly IndexPart[]): Document {
  const isList = parts.length > 1 && parts.every((part) => Object.keys(part).length > 1);
  return renderArray(parts.map(renderPart), isList);
}

/** What an index has besides name and terms, as the builders take it. */
export function pickIndexOptions({ parts: _parts, name: _name, unique, ...rest }: UnnamedIndex): object {
  return { ...(unique && { unique }), ...rest };
}

/** A constraint as the builder that makes it, for example `unique(["title"])`. */
export function renderConstraint(constraint: Constraint): Document {
  if (constraint.kind === "check") {
    const { kind, expression, ...options } = constraint;
    return renderCall(imported(kind), [renderLiteral(expression), ...renderOptions(options)]);
  }
  if (constraint.kind === "foreignKey") {
    const { kind, columns, references, ...options } = constraint;
    return renderCall(imported(kind), [renderLiteral(columns), renderLiteral(references), ...renderOptions(options)]);
  }
  const { kind, columns, ...options } = constraint;
  return renderCall(imported(kind), [renderLiteral(columns), ...renderOptions(options)]);
}

/** What a table has besides columns, as the builder that makes it. */
export function renderItem(item: PlainItem): Document {
  if (item.kind === "options") return renderCall(imported("tableOptions"), [renderLiteral(item.options)]);
  if (item.kind === "comment") return renderCall(imported("tableComment"), [renderLiteral(item.comment)]);
  if (item.kind !== "index") return renderConstraint(item);
  const { name, parts } = item.index;
  const options = { ...(name !== undefined && { name }), ...pickIndexOptions(item.index) };
  return renderCall(imported("index"), [renderTerms(parts), ...renderOptions(options)]);
}

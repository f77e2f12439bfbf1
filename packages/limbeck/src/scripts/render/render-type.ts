import { dispatchColumnType, type ColumnType, type ColumnTypeTable } from "../../schema/model/column-type.ts";
import { imported, type Document } from "./document.ts";
import { renderCall, renderLiteral, renderObject } from "./literal.ts";

const plain = (type: ColumnType): Document => renderCall(imported(type.kind), []);
const sized = ({ kind, length }: { readonly kind: string; readonly length: number }): Document =>
  renderCall(imported(kind), [String(length)]);

const RENDERERS: ColumnTypeTable<Document> = {
  text: plain,
  varchar: sized,
  char: sized,
  smallint: plain,
  integer: plain,
  bigint: plain,
  real: plain,
  double: plain,
  decimal: ({ precision, scale }) =>
    renderCall(imported("decimal"), (scale === 0 ? [precision] : [precision, scale]).map(String)),
  boolean: plain,
  date: plain,
  time: plain,
  timestamp: ({ timezone }) =>
    renderCall(imported("timestamp"), timezone ? [renderObject([["timezone", "true"]])] : []),
  json: plain,
  uuid: plain,
  bytes: plain,
  raw: ({ sql }) => renderCall(imported("raw"), [renderLiteral(sql)]),
};

/** A type as the builder that makes it, for example `varchar(255)`. */
export function renderType(type: ColumnType): Document {
  return dispatchColumnType(RENDERERS, type);
}

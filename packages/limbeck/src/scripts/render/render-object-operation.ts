import type { OperationMap, OperationTable } from "../../ops/operation.ts";
import { withoutOrder } from "../../schema/model/defined-object.ts";
import type { Document } from "./document.ts";
import { renderLiteral } from "./literal.ts";
import { renderInvoke, renderStatement } from "./operation-call.ts";
import { renderOptions } from "./render-item.ts";

const call = (method: string, ...args: readonly unknown[]): Document =>
  renderStatement({ method, args: args.map(renderLiteral) });

const withOptions = (method: string, args: readonly unknown[], options: object): Document =>
  renderStatement({ method, args: [...args.map(renderLiteral), ...renderOptions(options)] });

function renderAlterSequence({ from, to }: OperationMap["alterSequence"]): Document {
  const { name, ...wanted } = to;
  // What is not there any more is said with null.
  const gone = Object.keys(from).filter((key) => !(key in to));
  return call("alterSequence", name, { ...wanted, ...Object.fromEntries(gone.map((key) => [key, null])) });
}

function renderReplaceObject(operation: OperationMap["replaceObject"]): Document {
  const { kind, name, definition, table } = operation.to;
  // The method keeps what the object belongs to.
  if (table !== operation.from.table) return renderInvoke(operation);
  return call("replaceObject", kind, name, definition);
}

type ObjectKind =
  | "createEnum"
  | "dropEnum"
  | "alterEnum"
  | "renameEnumValue"
  | "createSequence"
  | "dropSequence"
  | "alterSequence"
  | "createObject"
  | "dropObject"
  | "replaceObject";

/** Operations on enums, sequences and objects that are kept as their definitions. */
export const OBJECT_RENDERERS: Pick<OperationTable<Document>, ObjectKind> = {
  createEnum: ({ enum: { name, values } }) => call("createEnum", name, values),
  dropEnum: ({ enum: { name } }) => call("dropEnum", name),
  alterEnum: ({ name, to, rebuild }) => withOptions("alterEnum", [name, to], { ...(rebuild && { rebuild }) }),
  renameEnumValue: ({ name, from, to }) => call("renameEnumValue", name, from, to),
  createSequence: ({ sequence: { name, ...options } }) => withOptions("createSequence", [name], options),
  dropSequence: ({ sequence }) => call("dropSequence", sequence.name),
  alterSequence: renderAlterSequence,
  createObject: ({ object, keepAttached }) => {
    const { kind, name, definition, ...options } = withoutOrder(object);
    return withOptions("createObject", [kind, name, definition], { ...options, ...(keepAttached && { keepAttached }) });
  },
  dropObject: ({ object: { kind, name } }) => call("dropObject", kind, name),
  replaceObject: renderReplaceObject,
};

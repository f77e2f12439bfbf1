import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import { isSameObjectName, withoutOrder, type DefinedObject } from "../../schema/model/defined-object.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { OperationMap } from "../operation.ts";
import { isSameData, showData } from "./same-data.ts";

function requireObject(schema: Schema, expected: DefinedObject): DefinedObject {
  const { kind, name } = expected;
  const found = schema.objects.find((one) => isSameObjectName(one, expected));
  if (!found) {
    const names = schema.objects.filter((one) => one.kind === kind).map((one) => one.name);
    throw operationErrors.objectNotFound({ kind, name, names });
  }
  const [wanted, present] = [withoutOrder(expected), withoutOrder(found)];
  if (!isSameData(wanted, present)) {
    throw operationErrors.definitionDiffers({
      object: `${kind} "${name}"`,
      expected: showData(wanted),
      found: showData(present),
    });
  }
  return found;
}

/** Adds an object after the others. */
export function applyCreateObject({ object }: OperationMap["createObject"], schema: Schema): Schema {
  if (schema.objects.some((one) => isSameObjectName(one, object))) {
    throw operationErrors.alreadyExists({ object: `${object.kind} "${object.name}"` });
  }
  return { ...schema, objects: [...schema.objects, object] };
}

/** Takes an object away. */
export function applyDropObject({ object }: OperationMap["dropObject"], schema: Schema): Schema {
  const found = requireObject(schema, object);
  return { ...schema, objects: schema.objects.filter((one) => one !== found) };
}

/** Gives an object another definition. */
export function applyReplaceObject({ from, to }: OperationMap["replaceObject"], schema: Schema): Schema {
  if (!isSameObjectName(from, to)) {
    throw operationErrors.definitionDiffers({
      object: `${from.kind} "${from.name}"`,
      expected: "its kind and name to stay",
      found: `${to.kind} "${to.name}"`,
    });
  }
  const found = requireObject(schema, from);
  return { ...schema, objects: schema.objects.map((one) => (one === found ? to : one)) };
}

import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import { isSameObjectName, type DefinedObject } from "../../schema/model/defined-object.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { OperationMap } from "../operation.ts";

/** Of that kind and name: how the definition is spelled is the engine's affair, and an operation may have it from a person. */
function requireObject(schema: Schema, expected: DefinedObject): DefinedObject {
  const { kind, name } = expected;
  const found = schema.objects.find((one) => isSameObjectName(one, expected));
  if (!found) {
    const names = schema.objects.filter((one) => one.kind === kind).map((one) => one.name);
    throw operationErrors.objectNotFound({ kind, name, names });
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

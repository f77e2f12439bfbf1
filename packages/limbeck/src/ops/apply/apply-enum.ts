import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { EnumType } from "../../schema/model/enum-type.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { OperationMap } from "../operation.ts";
import { isSameData, showData } from "./same-data.ts";

function requireEnum(schema: Schema, name: string, values?: readonly string[]): EnumType {
  const found = schema.enums.find((one) => one.name === name);
  if (!found) throw operationErrors.objectNotFound({ kind: "enum", name, names: schema.enums.map((one) => one.name) });
  if (values !== undefined && !isSameData(found.values, values)) {
    throw operationErrors.definitionDiffers({
      object: `enum "${name}"`,
      expected: showData(values),
      found: showData(found.values),
    });
  }
  return found;
}

function replaceEnum(schema: Schema, enumType: EnumType): Schema {
  return { ...schema, enums: schema.enums.map((one) => (one.name === enumType.name ? enumType : one)) };
}

/** Adds an enum after the others. */
export function applyCreateEnum({ enum: created }: OperationMap["createEnum"], schema: Schema): Schema {
  if (schema.enums.some(({ name }) => name === created.name)) {
    throw operationErrors.alreadyExists({ object: `enum "${created.name}"` });
  }
  return { ...schema, enums: [...schema.enums, created] };
}

/** Takes an enum away; that nothing is of it is the engine's to check. */
export function applyDropEnum({ enum: dropped }: OperationMap["dropEnum"], schema: Schema): Schema {
  const found = requireEnum(schema, dropped.name, dropped.values);
  return { ...schema, enums: schema.enums.filter((one) => one !== found) };
}

/** Gives an enum other values. */
export function applyAlterEnum({ name, from, to }: OperationMap["alterEnum"], schema: Schema): Schema {
  return replaceEnum(schema, { ...requireEnum(schema, name, from), values: to });
}

/** Gives a value another name; rows and texts follow in the database. */
export function applyRenameEnumValue({ name, from, to }: OperationMap["renameEnumValue"], schema: Schema): Schema {
  const found = requireEnum(schema, name);
  if (!found.values.includes(from)) {
    throw operationErrors.objectNotFound({ kind: `value of enum ${name}`, name: from, names: found.values });
  }
  if (found.values.includes(to)) throw operationErrors.alreadyExists({ object: `value "${to}" of enum "${name}"` });
  return replaceEnum(schema, { ...found, values: found.values.map((value) => (value === from ? to : value)) });
}

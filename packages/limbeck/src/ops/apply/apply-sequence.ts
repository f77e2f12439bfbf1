import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { Sequence } from "../../schema/model/sequence.ts";
import type { OperationMap } from "../operation.ts";
import { isSameData, showData } from "./same-data.ts";

function requireSequence(schema: Schema, expected: Sequence): Sequence {
  const { name } = expected;
  const found = schema.sequences.find((one) => one.name === name);
  if (!found) {
    throw operationErrors.objectNotFound({ kind: "sequence", name, names: schema.sequences.map((one) => one.name) });
  }
  if (!isSameData(found, expected)) {
    const object = `sequence "${name}"`;
    throw operationErrors.definitionDiffers({ object, expected: showData(expected), found: showData(found) });
  }
  return found;
}

/** Adds a sequence after the others. */
export function applyCreateSequence({ sequence }: OperationMap["createSequence"], schema: Schema): Schema {
  if (schema.sequences.some(({ name }) => name === sequence.name)) {
    throw operationErrors.alreadyExists({ object: `sequence "${sequence.name}"` });
  }
  return { ...schema, sequences: [...schema.sequences, sequence] };
}

/** Takes a sequence away. */
export function applyDropSequence({ sequence }: OperationMap["dropSequence"], schema: Schema): Schema {
  const found = requireSequence(schema, sequence);
  return { ...schema, sequences: schema.sequences.filter((one) => one !== found) };
}

/** Lets a sequence count in another way, or belong to another column. */
export function applyAlterSequence({ from, to }: OperationMap["alterSequence"], schema: Schema): Schema {
  const found = requireSequence(schema, from);
  return { ...schema, sequences: schema.sequences.map((one) => (one === found ? to : one)) };
}

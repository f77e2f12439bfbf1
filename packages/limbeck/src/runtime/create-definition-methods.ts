import { operationErrors } from "../kernel/errors/operation-errors.ts";
import type { Operation } from "../ops/operation.ts";
import { isSameObjectName, type DefinedObject } from "../schema/model/defined-object.ts";
import type { EnumType } from "../schema/model/enum-type.ts";
import type { Schema } from "../schema/model/schema.ts";
import type { Sequence } from "../schema/model/sequence.ts";
import type { Operations } from "./operations.ts";

/** Methods on enums, sequences and objects that are kept as their definitions. */
export type DefinitionMethods =
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

interface Backend {
  readonly enqueue: (name: string, resolve: () => Promise<Operation>) => Promise<void>;
  readonly readSchema: () => Promise<Schema>;
}

const namesOf = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name);

function findEnum({ enums }: Schema, name: string): EnumType {
  const found = enums.find((one) => one.name === name);
  if (!found) throw operationErrors.objectNotFound({ kind: "enum", name, names: namesOf(enums) });
  return found;
}

function findSequence({ sequences }: Schema, name: string): Sequence {
  const found = sequences.find((one) => one.name === name);
  if (!found) throw operationErrors.objectNotFound({ kind: "sequence", name, names: namesOf(sequences) });
  return found;
}

function findObject({ objects }: Schema, kind: string, name: string): DefinedObject {
  const found = objects.find((one) => isSameObjectName(one, { kind, name }));
  if (!found) {
    throw operationErrors.objectNotFound({ kind, name, names: namesOf(objects.filter((one) => one.kind === kind)) });
  }
  return found;
}

/** A sequence with some of its settings changed; null takes one away. */
function changeSequence(sequence: Sequence, changes: Readonly<Record<string, unknown>>): Sequence {
  const entries = Object.entries({ ...sequence, ...changes }).filter(([, value]) => value !== null);
  // The arguments were checked to be settings of a sequence.
  return Object.fromEntries(entries) as unknown as Sequence;
}

/** The methods of `op` that make, change and drop them. */
export function createDefinitionMethods({ enqueue, readSchema }: Backend): Pick<Operations, DefinitionMethods> {
  return {
    createEnum: (name, values) => enqueue("createEnum", async () => ({ kind: "createEnum", enum: { name, values } })),
    dropEnum: (name) =>
      enqueue("dropEnum", async () => ({ kind: "dropEnum", enum: findEnum(await readSchema(), name) })),
    alterEnum: (name, values, { rebuild = false } = {}) =>
      enqueue("alterEnum", async () => {
        const { values: from } = findEnum(await readSchema(), name);
        return { kind: "alterEnum", name, from, to: values, ...(rebuild && { rebuild }) };
      }),
    renameEnumValue: (name, from, to) =>
      enqueue("renameEnumValue", async () => ({ kind: "renameEnumValue", name, from, to })),
    createSequence: (name, options = {}) =>
      enqueue("createSequence", async () => ({ kind: "createSequence", sequence: { name, ...options } })),
    dropSequence: (name) =>
      enqueue("dropSequence", async () => ({ kind: "dropSequence", sequence: findSequence(await readSchema(), name) })),
    alterSequence: (name, changes) =>
      enqueue("alterSequence", async () => {
        const from = findSequence(await readSchema(), name);
        return { kind: "alterSequence", from, to: changeSequence(from, { ...changes }) };
      }),
    createObject: (kind, name, definition, { keepAttached = false, ...options } = {}) =>
      enqueue("createObject", async () => ({
        kind: "createObject",
        object: { kind, name, definition, ...options },
        ...(keepAttached && { keepAttached }),
      })),
    dropObject: (kind, name) =>
      enqueue("dropObject", async () => ({ kind: "dropObject", object: findObject(await readSchema(), kind, name) })),
    replaceObject: (kind, name, definition) =>
      enqueue("replaceObject", async () => {
        const from = findObject(await readSchema(), kind, name);
        const { dependsOn: _dependsOn, ...rest } = from;
        return { kind: "replaceObject", from, to: { ...rest, definition } };
      }),
  };
}

import { operationErrors } from "../kernel/errors/operation-errors.ts";
import type { OperationTable } from "../ops/operation.ts";
import type { CompileContext } from "./dialect.ts";
import type { Statement } from "./statement.ts";

/** Operations on enums, sequences and objects that are kept as their definitions. */
export type ObjectOperationKind =
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

/**
 * What an engine answers that has no enums, sequences or objects of other kinds.
 *
 * @param engine what it is called in the error
 */
export function refuseObjects(
  engine: string,
): Pick<OperationTable<readonly Statement[], [CompileContext]>, ObjectOperationKind> {
  const refuse = (kind: string, name: string): never => {
    throw operationErrors.unsupportedObject({ engine, kind, name });
  };
  return {
    createEnum: ({ enum: { name } }) => refuse("enum", name),
    dropEnum: ({ enum: { name } }) => refuse("enum", name),
    alterEnum: ({ name }) => refuse("enum", name),
    renameEnumValue: ({ name }) => refuse("enum", name),
    createSequence: ({ sequence }) => refuse("sequence", sequence.name),
    dropSequence: ({ sequence }) => refuse("sequence", sequence.name),
    alterSequence: ({ to }) => refuse("sequence", to.name),
    createObject: ({ object }) => refuse(object.kind, object.name),
    dropObject: ({ object }) => refuse(object.kind, object.name),
    replaceObject: ({ to }) => refuse(to.kind, to.name),
  };
}

const never = (): boolean => false;

/** That none of these needs to know a schema in order to be refused. */
export const REFUSED_OBJECTS_NEED_SCHEMA: Pick<OperationTable<boolean>, ObjectOperationKind> = {
  createEnum: never,
  dropEnum: never,
  alterEnum: never,
  renameEnumValue: never,
  createSequence: never,
  dropSequence: never,
  alterSequence: never,
  createObject: never,
  dropObject: never,
  replaceObject: never,
};

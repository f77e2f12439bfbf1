import type { Operation } from "../operation.ts";

/**
 * What an operation makes, by its kind and its name: another of the same kind and name stands in its way, whatever that is otherwise.
 *
 * @returns undefined where it makes nothing that has a name
 */
export function findMadeName(operation: Operation): readonly string[] | undefined {
  switch (operation.kind) {
    case "createTable":
      return ["table", operation.table.name];
    case "addColumn":
      return ["column", operation.table, operation.column.name];
    case "addConstraint":
      return operation.constraint.name === undefined
        ? undefined
        : ["constraint", operation.table, operation.constraint.name];
    case "createIndex":
      return ["index", operation.table, operation.index.name];
    case "createView":
      return ["view", operation.view.name];
    case "createTrigger":
      return ["trigger", operation.trigger.table, operation.trigger.name];
    case "createEnum":
      return ["enum", operation.enum.name];
    case "createSequence":
      return ["sequence", operation.sequence.name];
    case "createObject":
      return ["object", operation.object.kind, operation.object.name];
    default:
      return undefined;
  }
}

import type { Operation } from "../operation.ts";

/** What an operation makes: nothing else of its kind can have that name. */
export interface MadeName {
  /** Tables, views and sequences share their names. */
  readonly kind: "relation" | "column" | "constraint" | "index" | "trigger" | "enum" | "object";
  /** The table that it is of, or what else tells it from others of its name. */
  readonly of?: string;
  readonly name: string;
}

/**
 * What an operation makes, by its name: another one of it stands in the way, whatever that is otherwise.
 *
 * @returns undefined where it makes nothing that has a name, or takes the place of what is there
 */
export function findMadeName(operation: Operation): MadeName | undefined {
  switch (operation.kind) {
    case "createTable":
      return { kind: "relation", name: operation.table.name };
    case "createView":
      return { kind: "relation", name: operation.view.name };
    case "createSequence":
      return { kind: "relation", name: operation.sequence.name };
    case "addColumn":
      return { kind: "column", of: operation.table, name: operation.column.name };
    case "addConstraint":
      return operation.constraint.name === undefined
        ? undefined
        : { kind: "constraint", of: operation.table, name: operation.constraint.name };
    case "createIndex":
      return { kind: "index", of: operation.table, name: operation.index.name };
    case "createTrigger":
      return { kind: "trigger", of: operation.trigger.table, name: operation.trigger.name };
    case "createEnum":
      return { kind: "enum", name: operation.enum.name };
    case "createObject": {
      const { kind, name, definition } = operation.object;
      return /^\s*CREATE\s+OR\s+REPLACE\b/i.test(definition) ? undefined : { kind: "object", of: kind, name };
    }
    default:
      return undefined;
  }
}

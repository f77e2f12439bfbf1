/** Something that is kept as the statement that creates it: a function, a domain, a policy. */
export interface DefinedObject {
  /** The engine's word for it, for example `function`. */
  readonly kind: string;
  /** What tells it from others of its kind, for example `add(integer, integer)`. */
  readonly name: string;
  /** The statement that creates it, without the final semicolon. */
  readonly definition: string;
  /** The table, or the view, with which it is dropped. */
  readonly table?: string;
  /**
   * The names of what has to be there before it and as long as it is there, where the engine knows them; otherwise they are looked for in its definition. They
   * say nothing that the definition does not, so that they count in no comparison.
   */
  readonly dependsOn?: readonly string[];
}

/** What an object is called. */
export type ObjectName = Pick<DefinedObject, "kind" | "name">;

/** Whether two objects are called the same. */
export const isSameObjectName = (a: ObjectName, b: ObjectName): boolean => a.kind === b.kind && a.name === b.name;

/** An object without what only orders it. */
export function withoutOrder({ kind, name, definition, table }: DefinedObject): DefinedObject {
  return { kind, name, definition, ...(table !== undefined && { table }) };
}

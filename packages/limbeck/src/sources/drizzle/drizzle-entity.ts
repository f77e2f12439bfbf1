/** Drizzle marks what it makes with symbols that all copies of it share. */
const ENTITY_KIND = Symbol.for("drizzle:entityKind");
const IS_TABLE = Symbol.for("drizzle:IsDrizzleTable");

/** Whether a value is a table of Drizzle, for whatever engine. */
export function isDrizzleTable(value: unknown): value is object {
  return typeof value === "object" && value !== null && IS_TABLE in value;
}

/** The kinds that a table of Drizzle is of, the narrowest first: `SQLiteTable`, `Table`. */
export function listTableKinds(table: object): readonly string[] {
  const kinds: string[] = [];
  for (let one: unknown = table.constructor; typeof one === "function"; one = Object.getPrototypeOf(one)) {
    const kind: unknown = Object.getOwnPropertyDescriptor(one, ENTITY_KIND)?.value;
    if (typeof kind === "string") kinds.push(kind);
  }
  return kinds;
}

import type { Column } from "../../schema/model/column.ts";
import { listChanges, type Operation, type SqlValue } from "../operation.ts";
import { traceNames } from "./trace-names.ts";

/** How names and values are written. */
export interface Quoting {
  readonly quoteIdentifier: (name: string) => string;
  readonly quoteName: (name: string) => string;
  readonly quoteLiteral: (value: SqlValue) => string;
}

/** Types whose defaults are the same text in a statement as in a definition. */
const PLAIN = new Set("text varchar char smallint integer bigint real double decimal boolean".split(" "));

/** What rows without a value get when a column may no longer be NULL; undefined where that is not for us to say. */
export function findFilling({ type, default: given }: Column): string | number | boolean | undefined {
  if (given?.kind !== "value" || !PLAIN.has(type.kind)) return undefined;
  const { value } = given;
  return typeof value === "object" ? undefined : value;
}

/**
 * Lets rows without a value have the default of their column before that may no longer be NULL: what rows get that come later is good for those that are there.
 *
 * @example
 * fillDefaults([alterColumn], dialect); // UPDATE "todos" SET "done" = 0 WHERE "done" IS NULL, and the change
 */
export function fillDefaults(operations: readonly Operation[], quoting: Quoting): readonly Operation[] {
  return operations.flatMap((operation): readonly Operation[] => {
    const singles = listChanges(operation);
    const updates = singles.flatMap((one, position): readonly Operation[] => {
      if (one.kind !== "alterColumn" || !one.from.nullable || one.to.nullable) return [];
      const value = findFilling(one.to);
      // Before the group they have their old names, and what comes with it is not there yet.
      const [name] = traceNames(singles.slice(0, position)).columns(one.table, [one.to.name]) ?? [];
      if (value === undefined || name === undefined || one.from.generated) return [];
      const column = quoting.quoteIdentifier(name);
      const sql = `UPDATE ${quoting.quoteName(one.table)} SET ${column} = ${quoting.quoteLiteral(value)} WHERE ${column} IS NULL`;
      return [{ kind: "execute", sql, affects: [] }];
    });
    return [...updates, operation];
  });
}

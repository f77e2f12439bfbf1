import type { Dialect } from "../dialect/dialect.ts";
import type { ScriptStatement } from "../dialect/statement.ts";

/** The statements of a script; none where it cannot be taken apart, because then the engine refuses it in its own words. */
export function splitLeniently(sql: string, dialect: Pick<Dialect, "splitScript">): readonly ScriptStatement[] {
  try {
    return dialect.splitScript(sql);
  } catch {
    return [];
  }
}

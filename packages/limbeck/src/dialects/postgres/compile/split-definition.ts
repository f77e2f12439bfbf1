import type { Statement } from "../../../dialect/statement.ts";
import type { DefinedObject } from "../../../schema/model/defined-object.ts";
import { splitStatements } from "../parse/split-statements.ts";

/** Routines whose body is a text of SQL, which the server reads when it creates them; what stands in BEGIN ATOMIC is no text. */
const isSqlRoutine = ({ kind, definition }: DefinedObject): boolean =>
  (kind === "function" || kind === "procedure") &&
  /\bLANGUAGE\s+['"]?sql\b/i.test(definition) &&
  !/\bBEGIN\s+ATOMIC\b/i.test(definition);

/** Sets the one setting from the other, or from a text, for the session. A SELECT would print something in `psql`. */
const perform = (...calls: readonly string[]): Statement => ({
  sql: `DO $$ BEGIN ${calls.map((call) => `PERFORM set_config(${call}, false);`).join(" ")} END $$`,
  isAuxiliary: true,
});

const UNCHECKED = perform(
  "'limbeck.check_function_bodies', current_setting('check_function_bodies')",
  "'check_function_bodies', 'off'",
);
/** As it was: RESET would make it what the server has it by itself. */
const AS_BEFORE = perform("'check_function_bodies', current_setting('limbeck.check_function_bodies')");

/**
 * What makes an object may take several statements: one that creates it, and one that switches it off. The text of a routine may speak of what is created after it, as
 * tables are whose defaults call it, so the server is told not to look into it, as `pg_dump` does. https://www.postgresql.org/docs/current/runtime-config-client.html
 */
export function splitDefinition(object: DefinedObject): readonly Statement[] {
  const statements = splitStatements(object.definition).map(({ sql }) => ({ sql }));
  return isSqlRoutine(object) ? [UNCHECKED, ...statements, AS_BEFORE] : statements;
}

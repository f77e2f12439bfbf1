import type { Statement } from "../../../dialect/statement.ts";
import { quoteText } from "../quote.ts";
import { readPrefix } from "../session-prefix.ts";

const auxiliary = (sql: string): Statement => ({ sql, isAuxiliary: true });

/**
 * The statement that creates a routine, a trigger or an event, in a session with the settings in which it is meant, which are given back afterwards.
 *
 * @param change what is done to the statement besides
 */
export function runAsMeant(definition: string, change = (sql: string): string => sql): readonly Statement[] {
  const { settings, sql } = readPrefix(definition);
  const names = [...settings.keys()];
  return [
    ...names.map((name) => auxiliary(`SET @limbeck_${name} = @@${name}`)),
    ...[...settings].map(([name, value]) => auxiliary(`SET SESSION ${name} = ${quoteText(value)}`)),
    { sql: change(sql) },
    ...names.map((name) => auxiliary(`SET SESSION ${name} = @limbeck_${name}`)),
  ];
}

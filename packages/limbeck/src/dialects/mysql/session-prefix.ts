import { quoteText } from "./quote.ts";

/** A statement, and the settings of the session in which it is meant. */
export interface MeantStatement {
  readonly settings: ReadonlyMap<string, string>;
  readonly sql: string;
}

const PREFIX = /^\s*SET\s+STATEMENT\s+((?:\w+\s*=\s*'(?:[^'\\]|\\[^]|'')*'\s*,?\s*)+)FOR\s+(?=CREATE\b)/i;
const SETTING = /(\w+)\s*=\s*'((?:[^'\\]|\\[^]|'')*)'/g;

/**
 * Writes the settings in front of a statement that means something else without them: routines, triggers and events are read, and later run, as the session
 * was when they were made. The server itself reads what follows before it looks at the settings, so that they have to be set before.
 *
 * @example
 * writePrefix(new Map([["sql_mode", "ANSI_QUOTES"]]), "CREATE ..."); // SET STATEMENT sql_mode = 'ANSI_QUOTES' FOR CREATE ...
 */
export function writePrefix(settings: ReadonlyMap<string, string>, sql: string): string {
  if (settings.size === 0) return sql;
  return `SET STATEMENT ${[...settings].map(([name, value]) => `${name} = ${quoteText(value)}`).join(", ")} FOR ${sql}`;
}

/** Takes {@link writePrefix} apart. */
export function readPrefix(definition: string): MeantStatement {
  const [prefix, list = ""] = PREFIX.exec(definition) ?? [];
  if (prefix === undefined) return { settings: new Map(), sql: definition };
  const settings = new Map([...list.matchAll(SETTING)].map(([, name = "", value = ""]) => [name, value]));
  return { settings, sql: definition.slice(prefix.length) };
}

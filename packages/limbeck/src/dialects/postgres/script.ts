import type { Connection } from "../../dialect/connection.ts";
import { readText } from "./driver/read-text.ts";
import type { Statement } from "../../dialect/statement.ts";
import { connectionErrors } from "../../kernel/errors/connection-errors.ts";
import type { SqlValue } from "../../ops/operation.ts";
import { tokenize } from "./parse/tokenize.ts";
import { quoteLiteral, quoteText } from "./quote.ts";
import { SESSION_SETTINGS } from "./session-settings.ts";

/**
 * Stops `psql` at the first error; it would otherwise go on with what is left. Then the settings of every session of ours.
 * https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-VARIABLES
 */
export const SCRIPT_HEADER: string = [
  String.raw`\set ON_ERROR_STOP on`,
  ...SESSION_SETTINGS.map(([name, value]) => `SET ${name} = ${quoteText(value)};`),
].join("\n");

/** Where a session of `psql` looks names up by itself. */
const USUAL_PATHS: readonly string[] = ["public", '"public"', '"$user", public'];

/** Where names are looked up, if it is not where every session does. */
export async function readScriptSettings(connection: Connection): Promise<string> {
  const [row] = await connection.query("SELECT current_setting('search_path') AS path");
  const path = row === undefined ? "" : readText(row, "path");
  return path === "" || USUAL_PATHS.includes(path) ? "" : `SET search_path = ${path};`;
}

/** Writes bound values into the text, in place of `$1` and the like. */
function inlineParameters(sql: string, parameters: readonly SqlValue[]): string {
  // In the body of a function a placeholder is a name of its own.
  if (parameters.length === 0) return sql;
  const placeholders = tokenize(sql).filter(({ kind }) => kind === "parameter");
  const highest = Math.max(0, ...placeholders.map(({ text }) => Number(text.slice(1))));
  if (highest !== parameters.length) {
    throw connectionErrors.parametersMismatch({ sql, placeholders: highest, values: parameters.length });
  }
  let position = 0;
  const pieces = placeholders.flatMap(({ text, start, end }) => {
    const before = sql.slice(position, start);
    position = end;
    return [before, quoteLiteral(parameters[Number(text.slice(1)) - 1] ?? null)];
  });
  return [...pieces, sql.slice(position)].join("");
}

/** Ends a statement; a comment in its last line must not swallow the semicolon. */
function terminate(sql: string): string {
  const lastLine = sql.slice(sql.lastIndexOf("\n") + 1);
  return `${sql}${lastLine.includes("--") ? "\n" : ""};`;
}

/** A block that raises an error, with the message as its words, when the query gives a row. */
function renderGuard(sql: string, guard: string): string {
  const quoted = `stops here: ${guard}`;
  return [
    "DO $limbeck$ BEGIN",
    `  IF EXISTS (${sql}\n  ) THEN RAISE EXCEPTION USING MESSAGE = ${quoteText(quoted)}; END IF;`,
    "END $limbeck$;",
  ].join("\n");
}

/**
 * A statement as text for a script that `psql` runs behind {@link SCRIPT_HEADER}.
 *
 * @throws ConnectionError (parametersMismatch, unsupportedValue)
 */
export function renderScriptStatement({ sql, parameters = [], guard }: Statement): string {
  const text = inlineParameters(sql, parameters);
  return guard === undefined ? terminate(text) : renderGuard(text, guard);
}

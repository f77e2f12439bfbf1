import type { Limits } from "../../dialect/contention-rules.ts";
import type { Statement } from "../../dialect/statement.ts";
import { connectionErrors } from "../../kernel/errors/connection-errors.ts";
import type { SqlValue } from "../../ops/operation.ts";
import { readName, tokenize } from "./parse/tokenize.ts";
import { quoteIdentifier, quoteLiteral } from "./quote.ts";

/**
 * Stops the `sqlite3` client at the first error; it would otherwise go on and commit what is left. On its way out it rolls the
 * transaction back. https://www.sqlite.org/cli.html#special_commands_to_sqlite3_dot_commands_
 */
export const SCRIPT_HEADER: string = ".bail on";

const GUARD_TABLE = `temp.${quoteIdentifier("_limbeck_guard")}`;

/** Writes bound values into the text, in place of the question marks. */
function inlineParameters(sql: string, parameters: readonly SqlValue[]): string {
  const placeholders = tokenize(sql).filter(({ kind, text }) => kind === "variable" && text === "?");
  if (placeholders.length !== parameters.length) {
    throw connectionErrors.parametersMismatch({ sql, placeholders: placeholders.length, values: parameters.length });
  }
  const ends = [0, ...placeholders.map(({ end }) => end)];
  const pieces = placeholders.map(
    ({ start }, position) => sql.slice(ends[position], start) + quoteLiteral(parameters[position] ?? null),
  );
  return pieces.join("") + sql.slice(ends.at(-1));
}

/** Literals that the statement itself brings along, as the client leaves them whole. */
function escapeLiterals(sql: string): string {
  if (!sql.includes("\r\n")) return sql;
  const literals = tokenize(sql).filter(({ kind, text }) => kind === "string" && text.includes("\r\n"));
  const ends = [0, ...literals.map(({ end }) => end)];
  const pieces = literals.map(
    (token, position) => sql.slice(ends[position], token.start) + quoteLiteral(readName(token)),
  );
  return pieces.join("") + sql.slice(ends.at(-1));
}

/** A line that holds nothing else but a comment, for which the client ends the statement: as those of other vendors do. */
const MAY_END_STATEMENT = /^\s*(?:\/|go)\s*(?:$|--|\/\*)/im;

/** Puts a `/` or a `go` that stands alone in its line behind what comes before it. Comments stay; only which line they are in is another. */
function joinTerminators(sql: string): string {
  if (!MAY_END_STATEMENT.test(sql)) return sql;
  const tokens = tokenize(sql);
  let [joined, gap] = ["", ""];
  for (const [position, { text, start, end }] of tokens.entries()) {
    gap += sql.slice(tokens[position - 1]?.end ?? 0, start);
    const isAlone = gap.includes("\n") && sql.slice(end, tokens[position + 1]?.start).includes("\n");
    if (isAlone && /^(?:\/|go)$/i.test(text)) {
      joined += ` ${text}`;
    } else {
      joined += `${gap}${text}`;
      gap = "";
    }
  }
  return joined + gap + sql.slice(tokens.at(-1)?.end ?? 0);
}

/** Ends a statement; a comment in its last line must not swallow the semicolon. */
function terminate(sql: string): string {
  const lastLine = sql.slice(sql.lastIndexOf("\n") + 1);
  return `${sql}${lastLine.includes("--") ? "\n" : ""};`;
}

/**
 * SQL has no way to stop a script, but breaking a CHECK stops it, and the client shows the name of the constraint: so the
 * name is the message.
 */
function renderGuard(sql: string, guard: string): string {
  return [
    `CREATE TABLE ${GUARD_TABLE} (passed CONSTRAINT ${quoteIdentifier(guard)} CHECK (passed));`,
    terminate(`INSERT INTO ${GUARD_TABLE} SELECT 0 WHERE EXISTS (${sql}\n)`),
    `DROP TABLE ${GUARD_TABLE};`,
  ].join("\n");
}

/**
 * A statement as text for a script that the `sqlite3` client runs behind {@link SCRIPT_HEADER}.
 *
 * @throws ConnectionError (parametersMismatch, unsupportedValue)
 */
export function renderScriptStatement({ sql, parameters = [], guard }: Statement): string {
  const text = joinTerminators(escapeLiterals(inlineParameters(sql, parameters)));
  return guard === undefined ? terminate(text) : renderGuard(text, guard);
}

/** How long the client waits for another program. */
export const renderScriptLimits = ({ lockTimeout }: Limits): readonly string[] =>
  lockTimeout === 0 ? [] : [`.timeout ${lockTimeout}`];

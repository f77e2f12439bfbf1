import type { Statement } from "../../dialect/statement.ts";
import { inlineParameters } from "./inline-parameters.ts";
import { tokenize } from "./parse/tokenize.ts";
import { quoteText } from "./quote.ts";
import { SESSION_SETTINGS } from "./session-settings.ts";

/** The settings of every session of ours. The client stops at the first error by itself, unless it is called with `--force`. */
export const SCRIPT_HEADER: string = SESSION_SETTINGS.map((setting) => `SET ${setting};`).join("\n");

const LONGEST_MESSAGE = 120;

/** A delimiter that the statement itself does not hold. */
function chooseDelimiter(sql: string): string {
  let delimiter = "$$";
  while (sql.includes(delimiter)) delimiter += "$";
  return delimiter;
}

const hasSemicolon = (sql: string): boolean => tokenize(sql).some(({ text }) => text === ";");

/** Ends a statement; a comment in its last line must not swallow the semicolon. */
function terminate(sql: string): string {
  // The client would send the statement at the first semicolon of its body.
  if (hasSemicolon(sql)) {
    const delimiter = chooseDelimiter(sql);
    return `DELIMITER ${delimiter}\n${sql}\n${delimiter}\nDELIMITER ;`;
  }
  const lastLine = sql.slice(sql.lastIndexOf("\n") + 1);
  return `${sql}${/--|#/.test(lastLine) ? "\n" : ""};`;
}

/** A block that raises an error, with the message as its words, when the query gives a row. https://mariadb.com/kb/en/begin-end/ */
function renderGuard(sql: string, guard: string): string {
  const message = quoteText(`stops here: ${guard}`.slice(0, LONGEST_MESSAGE));
  return terminate(
    [
      "BEGIN NOT ATOMIC",
      `  IF EXISTS (${sql}\n  ) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = ${message}; END IF;`,
      "END",
    ].join("\n"),
  );
}

/**
 * A statement as text for a script that the `mariadb` client runs behind {@link SCRIPT_HEADER}.
 *
 * @throws ConnectionError (parametersMismatch, unsupportedValue)
 */
export function renderScriptStatement({ sql, parameters = [], guard }: Statement): string {
  const text = inlineParameters(sql, parameters);
  return guard === undefined ? terminate(text) : renderGuard(text, guard);
}

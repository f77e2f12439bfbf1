import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { readName } from "./read-name.ts";
import { tokenize, type Token } from "./tokenize.ts";

/** What a CREATE TRIGGER statement says it is. */
export interface TriggerHead {
  readonly name: string;
  /** Without the database. */
  readonly table: string;
}

/** The last part of a name such as `app.todos`, beginning at a token. */
function readLastPart(tokens: readonly Token[], start: number): string {
  let position = start;
  while (tokens[position + 1]?.text === ".") position += 2;
  const token = tokens[position];
  return token === undefined ? "" : readName(token);
}

/** @throws ConnectionError (unreadableSql) for any other statement */
export function parseCreateTrigger(sql: string): TriggerHead {
  const tokens = tokenize(sql);
  const word = tokens.findIndex(({ keyword }) => keyword === "TRIGGER");
  const on = tokens.findIndex(({ keyword }, index) => index > word && keyword === "ON");
  if (tokens[0]?.keyword !== "CREATE" || word === -1 || on === -1) {
    const found = tokens[0]?.text ?? "nothing";
    throw connectionErrors.unreadableSql({ sql, expected: "a CREATE TRIGGER statement", found });
  }
  const isConditional = tokens[word + 1]?.keyword === "IF";
  return { name: readLastPart(tokens, isConditional ? word + 4 : word + 1), table: readLastPart(tokens, on + 1) };
}

/** The trigger that a CREATE TRIGGER statement says it comes right after. */
export function findFollowed({ definition }: { readonly definition: string }): string | undefined {
  // The word stands before the body, where whatever it says is meant otherwise.
  const tokens = tokenize(definition);
  const row = tokens.findIndex(({ keyword }, index) => keyword === "ROW" && tokens[index - 1]?.keyword === "EACH");
  const name = tokens[row + 2];
  return tokens[row + 1]?.keyword === "FOLLOWS" && name ? readName(name) : undefined;
}

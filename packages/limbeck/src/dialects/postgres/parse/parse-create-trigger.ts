import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { joinName, splitName } from "../names.ts";
import { readName } from "./read-name.ts";
import { tokenize, type Token } from "./tokenize.ts";

/** What a CREATE TRIGGER statement says it is. */
export interface TriggerHead {
  readonly name: string;
  /** As the model has it. */
  readonly table: string;
}

const WORDS_BEFORE: ReadonlySet<string> = new Set(["CREATE", "OR", "REPLACE", "CONSTRAINT"]);

/** A name such as `app.todos`, beginning at a token, as the model has it. */
function readParts(tokens: readonly Token[], start: number): string {
  const [first, dot, second] = tokens.slice(start, start + 3);
  if (first === undefined) return "";
  if (dot?.text !== "." || second === undefined) return joinName({ schema: undefined, name: readName(first) });
  return joinName({ schema: readName(first), name: readName(second) });
}

/** @throws ConnectionError (unreadableSql) for any other statement */
export function parseCreateTrigger(sql: string): TriggerHead {
  const tokens = tokenize(sql);
  const word = tokens.findIndex(({ keyword }) => !WORDS_BEFORE.has(keyword));
  // The events may name columns, and none of them can be called ON without quotation marks.
  const on = tokens.findIndex(({ keyword }, index) => index > word && keyword === "ON");
  if (tokens[word]?.keyword !== "TRIGGER" || on === -1) {
    const found = tokens[0]?.text ?? "nothing";
    throw connectionErrors.unreadableSql({ sql, expected: "a CREATE TRIGGER statement", found });
  }
  return { name: splitName(readParts(tokens, word + 1)).name, table: readParts(tokens, on + 1) };
}

import { readFileSync } from "node:fs";
import { diffErrors } from "../kernel/errors/diff-errors.ts";

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a file of answers to questions about renames: a JSON object with an answer each, and whether it is true.
 *
 * @param path absolute
 * @throws DiffError (answersUnreadable)
 * @example
 * readAnswers("/app/answers.json"); // { "todos.name:todos.title": true, "users:people": false }
 */
export function readAnswers(path: string): Readonly<Record<string, boolean>> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw diffErrors.answersUnreadable({ path, problem }, error);
  }
  const value = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw diffErrors.answersUnreadable({ path, problem: "It holds no JSON object." });
  }
  const entries = Object.entries(value).map(([answer, isTrue]: [string, unknown]) => {
    if (typeof isTrue === "boolean") return [answer, isTrue] as const;
    throw diffErrors.answersUnreadable({ path, problem: `"${answer}" is neither true nor false.` });
  });
  return Object.fromEntries(entries);
}

import { finding, type Finding } from "../exercise.ts";
import type { Learner } from "../learner.ts";

/** The answers that a learner has written down, or what is wrong with the file. */
export function readAnswers(
  { read }: Learner,
  path: string,
): Finding | { readonly values: Readonly<Record<string, unknown>> } {
  const text = read(path);
  if (text === undefined) return finding("no-answers", `There is no file ${path}.`, "limbeck learn reset");
  try {
    const values: unknown = JSON.parse(text);
    if (typeof values === "object" && values !== null) {
      const entries = Object.entries(values);
      const open = entries.find(([, value]) => value === null);
      if (open)
        return finding("answer-open", `${path} has no answer yet to "${open[0]}".`, `Replace its null in ${path}`);
      return { values: Object.fromEntries(entries) };
    }
  } catch {
    // Said below.
  }
  return finding("answers-no-json", `${path} is no JSON any more.`, "limbeck learn reset");
}

/** What is wrong with an answer that is to be a number, and stands in quotes; undefined where it does not. */
export function findQuoted(key: string, value: unknown, path: string): Finding | undefined {
  if (typeof value !== "string" || !/^\d+$/.test(value.trim())) return undefined;
  return finding(
    "number-in-quotes",
    `${key} is "${value}": a number stands without quotes.`,
    `Take the quotes around ${value} away in ${path}`,
  );
}

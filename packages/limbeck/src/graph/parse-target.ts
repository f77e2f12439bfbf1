import { graphErrors } from "../kernel/errors/graph-errors.ts";

/** A target such as `billing@head-2`, taken apart but not yet looked up. */
export interface ParsedTarget {
  /** The whole target as it was written, for messages. */
  readonly text: string;
  /** What stands before the `@`: a label, or a revision that stands for its branch. */
  readonly branch: string | undefined;
  /** An id, the beginning of one, a label, `head`, `heads`, `base` or `current`; undefined for a bare `+2`. */
  readonly symbol: string | undefined;
  /** The steps of `+2` or `-2`; undefined when the target is absolute. */
  readonly offset: number | undefined;
}

const RELATIVE = /^(?<symbol>.*?)(?<offset>[+-]\d+)$/u;

function splitBranch(text: string): readonly [branch: string | undefined, rest: string] {
  const parts = text.split("@");
  const [first = "", second] = parts;
  if (second === undefined) return [undefined, first];
  if (parts.length > 2)
    throw graphErrors.malformedTarget({ target: text, problem: "A target names one branch, so it has one @." });
  if (first === "") throw graphErrors.malformedTarget({ target: text, problem: "There is no branch before the @." });
  if (second === "") throw graphErrors.malformedTarget({ target: text, problem: "There is no revision after the @." });
  return [first, second];
}

/**
 * Takes one target apart; the whole of it must make sense, nothing after it is ignored.
 *
 * @param isName tells ids and labels from other text: a label `release-2` is itself, not two below `release`
 * @throws GraphError when the target is empty, is a range or has parts that do not belong
 *
 * @example
 * parseTarget("billing@head-2", () => false); // { branch: "billing", symbol: "head", offset: -2, ... }
 */
export function parseTarget(text: string, isName: (name: string) => boolean): ParsedTarget {
  if (text.includes(":")) throw graphErrors.unexpectedRange({ target: text });
  if (text.trim() === "") throw graphErrors.malformedTarget({ target: text, problem: "The target is empty." });
  const [branch, rest] = splitBranch(text);
  const match = isName(rest) ? undefined : RELATIVE.exec(rest)?.groups;
  const symbol = match ? match["symbol"] : rest;
  if (symbol !== undefined && /[+\s]|^-|-$/u.test(symbol)) {
    throw graphErrors.malformedTarget({ target: text, problem: `"${symbol}" can be no part of a target.` });
  }
  return {
    text,
    branch,
    symbol: symbol === "" ? undefined : symbol,
    offset: match ? Number(match["offset"]) : undefined,
  };
}

import { historyErrors } from "../../kernel/errors/history-errors.ts";

/** The ends of a range of revisions; one that was left open is the empty string. */
export interface SquashRange {
  readonly first: string;
  readonly last: string;
}

/**
 * Takes `a..b` or `a:b` apart.
 *
 * @throws HistoryError when it is neither
 */
export function parseSquashRange(text: string): SquashRange {
  // An id may have dots in it, but never a colon.
  const parts = text.split(text.includes(":") ? ":" : "..").map((part) => part.trim());
  const [first = "", last = "", ...more] = parts;
  if (parts.length < 2 || more.length > 0 || (first === "" && last === ""))
    throw historyErrors.squashRangeMalformed({ text });
  return { first, last };
}

/** The ids and days of a document, each with the one that stands for it in the run at hand. */
export type Bindings = ReadonlyMap<string, string>;

/** A line of a document that stands for any number of lines. */
export const ELLIPSIS = "...";

/** What differs from run to run: ids, dates with or without a time, durations. */
const VOLATILE =
  /\b[0-9a-f]{12}\b|\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| UTC| [+-]\d\d:\d\d)?|\b\d{4}[-_]\d\d[-_]\d\d(?!\d)|(?:<1|\b\d+) ?ms\b|\b(?:\d+ min )?\d+(?:\.\d+)? ?s\b/g;

const ID = /^[0-9a-f]{12}$/;

/** The day in the name of a file, or in an id that is made of it. */
const DAY = /^\d{4}_\d\d_\d\d$/;

/** What a volatile part is, apart from its value. */
function shapeOf(part: string): string {
  if (ID.test(part)) return "id";
  if (/ms$|s$/.test(part)) return "duration";
  return /:/.test(part) ? "time" : "date";
}

function bind(bindings: Bindings, documented: string, actual: string): Bindings | undefined {
  const known = bindings.get(documented);
  if (known !== undefined) return known === actual ? bindings : undefined;
  // Two ids of the document never stand for one of the run.
  return [...bindings.values()].includes(actual) ? undefined : new Map([...bindings, [documented, actual]]);
}

/**
 * Compares a documented line with a real one; what differs from run to run may differ, but an id always stands for the same id.
 *
 * @returns the bindings with those of this line; undefined when the lines differ
 */
export function matchLine(documented: string, actual: string, bindings: Bindings): Bindings | undefined {
  if (documented.replaceAll(VOLATILE, shapeOf) !== actual.replaceAll(VOLATILE, shapeOf)) return undefined;
  const parts = actual.match(VOLATILE) ?? [];
  let bound: Bindings | undefined = bindings;
  for (const [index, part] of (documented.match(VOLATILE) ?? []).entries()) {
    if (bound && ID.test(part)) bound = bind(bound, part, parts[index] ?? "");
    // A day may end while a document is followed.
    else if (bound && DAY.test(part)) bound = new Map([...bound, [part, parts[index] ?? ""]]);
  }
  return bound;
}

/**
 * Compares documented output with real output, line by line. A documented line `...` stands for any number of lines.
 *
 * @returns the bindings with those of the output; undefined when they differ
 */
export function matchOutput(
  documented: readonly string[],
  actual: readonly string[],
  bindings: Bindings,
): Bindings | undefined {
  const [first, ...rest] = documented;
  if (first === undefined) return actual.length === 0 ? bindings : undefined;
  if (first === ELLIPSIS) {
    for (let skipped = 0; skipped <= actual.length; skipped++) {
      const found = matchOutput(rest, actual.slice(skipped), bindings);
      if (found) return found;
    }
    return undefined;
  }
  const [line, ...others] = actual;
  const bound = line === undefined ? undefined : matchLine(first, line, bindings);
  return bound && matchOutput(rest, others, bound);
}

/** A documented text with the ids of the run at hand. */
export function applyBindings(text: string, bindings: Bindings): string {
  return text.replaceAll(VOLATILE, (part) => bindings.get(part) ?? part);
}

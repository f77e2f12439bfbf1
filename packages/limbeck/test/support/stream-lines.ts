/** A line of `--json=stream`. */
export interface Line {
  readonly event: string;
  readonly [key: string]: unknown;
}

/** The lines of a stream; fails where one is no object, or the last one has no end. */
export function readLines(text: string): readonly Line[] {
  if (!text.endsWith("\n")) throw new Error(`No whole line: ${text}`);
  return text
    .slice(0, -1)
    .split("\n")
    .map((line) => {
      const value: unknown = JSON.parse(line);
      if (typeof value !== "object" || value === null || !("event" in value)) throw new Error(`No line: ${line}`);
      return { ...value, event: String(value.event) };
    });
}

/** Lines without their times, and without those of statements. */
export const withoutStatements = (lines: readonly Line[]): readonly Line[] =>
  lines.filter(({ event }) => !event.startsWith("statement")).map(({ time: _time, ...line }) => ({ ...line }));

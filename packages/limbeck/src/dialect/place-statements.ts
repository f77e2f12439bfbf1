import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { locateLine, type SourceLocation } from "../kernel/errors/source-location.ts";
import type { Dialect } from "./dialect.ts";
import type { ScriptStatement } from "./statement.ts";

/** Takes a script apart into its statements, as the engine reads it. */
export type SplitScript = Dialect["splitScript"];

/** A statement of a file. */
export interface PlacedStatement extends ScriptStatement {
  readonly location: SourceLocation;
}

/** A file of SQL, or the part of one that is split. */
export interface SqlText {
  /** Names the file in errors. */
  readonly path: string;
  /** What is split; its lines count as those of the file. */
  readonly script: string;
  /** All lines of the file. */
  readonly lines: readonly string[];
}

/** Where on its line a statement begins, from 1, looked for behind the statement before it. */
function findColumn(line: string, sql: string, from: number): number {
  const [start = ""] = sql.split("\n", 1);
  return line.indexOf(start.trimEnd(), from) + 1;
}

function locateStatements(
  statements: readonly ScriptStatement[],
  { path, lines }: SqlText,
): readonly PlacedStatement[] {
  let behind = 0;
  return statements.map((statement, position) => {
    const { line, sql } = statement;
    const isFirst = statements[position - 1]?.line !== line;
    const isAlone = isFirst && statements[position + 1]?.line !== line;
    const column = findColumn(lines[line - 1] ?? "", sql, isFirst ? 0 : behind);
    behind = column - 1 + sql.length;
    const location = locateLine(path, lines, line);
    return { ...statement, location: isAlone || column === 0 ? location : { ...location, column } };
  });
}

/**
 * The statements of a file, each with its place: the line, and the column where several share one.
 *
 * @param fail makes the error for what cannot be split
 */
export function placeStatements(
  text: SqlText,
  splitScript: SplitScript,
  fail: (problem: { readonly location: SourceLocation; readonly message: string }, cause: LimbeckError) => LimbeckError,
): readonly PlacedStatement[] {
  try {
    return locateStatements(splitScript(text.script), text);
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error;
    const { line } = error.context;
    const location = typeof line === "number" ? locateLine(text.path, text.lines, line) : { path: text.path };
    throw fail({ location, message: error.title }, error);
  }
}

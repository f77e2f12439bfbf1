import type { Dialect } from "../../dialect/dialect.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { scriptErrors } from "../../kernel/errors/script-errors.ts";
import type { LoadedRevision, RevisionStatement } from "../revision-body.ts";
import { locateLine, splitLines } from "./sql-lines.ts";
import { readSqlSections } from "./sql-sections.ts";

/** Takes a script apart into its statements, as the engine reads it. */
export type SplitScript = Dialect["splitScript"];

/** A `.sql` file as it is being read. */
interface SqlFile {
  readonly path: string;
  readonly lines: readonly string[];
}

function splitSection(file: SqlFile, section: string, splitScript: SplitScript): ReturnType<SplitScript> {
  try {
    return splitScript(section);
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error;
    const { line } = error.context;
    const location = typeof line === "number" ? locateLine(file.path, file.lines, line) : { path: file.path };
    throw scriptErrors.sqlBroken({ location, message: error.title }, error);
  }
}

function readStatements(file: SqlFile, section: string, splitScript: SplitScript): readonly RevisionStatement[] {
  return splitSection(file, section, splitScript).flatMap(({ sql, line, purpose }) => {
    const location = locateLine(file.path, file.lines, line);
    // A COMMIT would keep half of a revision whose other half fails.
    if (purpose === "transaction") throw scriptErrors.sqlTransaction({ location });
    return purpose === "ignored" ? [] : [{ sql, location }];
  });
}

/**
 * The statements of a `.sql` revision; none of them is run.
 *
 * @param path absolute
 * @param splitScript of the engine that will run them
 * @throws ScriptError when the sections are not as they should be, a quotation mark is not closed, or a statement begins or ends a transaction
 */
export function loadSqlRevision(path: string, text: string, splitScript: SplitScript): LoadedRevision {
  const { upgrade = "", downgrade } = readSqlSections(text, path);
  const file = { path, lines: splitLines(text) };
  return {
    upgrade: readStatements(file, upgrade, splitScript),
    downgrade: downgrade === undefined ? undefined : readStatements(file, downgrade, splitScript),
  };
}

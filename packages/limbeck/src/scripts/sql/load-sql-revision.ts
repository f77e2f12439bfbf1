import { placeStatements, type SplitScript, type SqlText } from "../../dialect/place-statements.ts";
import { scriptErrors } from "../../kernel/errors/script-errors.ts";
import { splitLines } from "../../kernel/errors/source-location.ts";
import type { LoadedRevision, RevisionStatement } from "../revision-body.ts";
import { readSqlTransactional } from "./sql-header.ts";
import { readSqlSections } from "./sql-sections.ts";

function readStatements(section: SqlText, splitScript: SplitScript): readonly RevisionStatement[] {
  return placeStatements(section, splitScript, scriptErrors.sqlBroken).flatMap(
    ({ sql, location, purpose, problem }) => {
      // A COMMIT would keep half of a revision whose other half fails.
      if (purpose === "transaction") throw scriptErrors.sqlTransaction({ location });
      // Now, because the revisions before it have been committed by the time that it is sent.
      if (problem !== undefined) throw scriptErrors.sqlBroken({ location, message: problem });
      return purpose === "ignored" ? [] : [{ sql, location }];
    },
  );
}

/**
 * The statements of a `.sql` revision; none of them is run.
 *
 * @param path absolute
 * @param splitScript of the engine that will run them
 * @throws ScriptError when the sections are not as they should be, a quotation mark is not closed, or a statement begins or ends a transaction
 * or needs a value
 */
export function loadSqlRevision(path: string, text: string, splitScript: SplitScript): LoadedRevision {
  const { upgrade = "", downgrade } = readSqlSections(text, path, splitScript);
  const lines = splitLines(text);
  return {
    upgrade: readStatements({ path, script: upgrade, lines }, splitScript),
    downgrade: downgrade === undefined ? undefined : readStatements({ path, script: downgrade, lines }, splitScript),
    transactional: readSqlTransactional(text, path),
  };
}

import type { VersionRowAction } from "../graph/revision-plan.ts";
import type { HistorySubject } from "../runtime/journal/history-entry.ts";
import { createScriptJournal } from "../runtime/journal/run-journal.ts";
import { withScratch } from "../runtime/scratch.ts";
import { createConnectionSink, createScriptSink } from "../runtime/statement-sink.ts";
import { moveVersionRows, requireVersionRows } from "../runtime/version-store.ts";
import type { Environment } from "./environment.ts";
import { readScriptHeader } from "./read-script-header.ts";
import { chooseTargetVersion } from "./target-version.ts";

/** What a script does to the version table, and to nothing else. */
export interface VersionScriptRequest {
  /** The rows that a database has where the script begins; none for one that has no version table yet. */
  readonly from: readonly string[];
  readonly versionRows: readonly VersionRowAction[];
  /** What the journal says of it; nothing where the database stands where it stood. */
  readonly stamped?: readonly HistorySubject[];
  /** A line for people who read it. */
  readonly note: string;
  /** The version of the engine that will run it. Default: the oldest supported one. */
  readonly targetVersion?: string | undefined;
}

/**
 * Writes a script that moves the rows of the version table, and makes the table where there is none. No database is asked; the statements are tried
 * on a scratch database while they are written.
 *
 * @throws CommandError when the version is none, or one that is too old
 */
export async function writeVersionScript(
  { dialect, versions, history, openScratch, toolVersion }: Environment,
  { from, stamped = [], versionRows, note, targetVersion }: VersionScriptRequest,
): Promise<string> {
  const serverVersion = chooseTargetVersion(dialect, targetVersion);
  const { transaction, renderScriptStatement } = dialect;
  const step = { revision: note, versionRows };
  return withScratch(openScratch, async (scratch) => {
    const before = createConnectionSink(scratch);
    const header = await readScriptHeader(dialect, scratch);
    const pieces: string[] = header === undefined ? [] : [`${header}\n`];
    const script = createScriptSink(scratch, renderScriptStatement, (text) => pieces.push(text));
    if (from.length > 0) {
      for (const statement of versions.createTable(serverVersion)) await before.run(statement);
      for (const revision of from) await before.run(versions.compileAction(["insert", revision]));
    }
    script.note(note);
    await script.run(transaction.begin);
    if (from.length === 0) {
      for (const statement of versions.ensureTable(serverVersion)) await script.run(statement);
      if (versionRows.length > 0) await script.run(versions.expectNoRow());
    }
    for (const statement of history.ensureTable(serverVersion)) await script.run(statement);
    await requireVersionRows(versions, script, step);
    await moveVersionRows(versions, (statement) => script.run(statement), step);
    const journal = createScriptJournal(history, toolVersion);
    for (const subject of stamped) await journal.write(script, subject, [{ event: "stamped" }]);
    await script.run(transaction.commit);
    return pieces.join("");
  });
}

import { isDeepStrictEqual } from "node:util";
import { historyErrors } from "../kernel/errors/history-errors.ts";
import { splitLines } from "../kernel/errors/source-location.ts";
import { locateHeaderValues } from "./revision-header.ts";
import { isSqlFile, parseRevisionFile } from "./revision-file.ts";
import { locateSqlField } from "./sql/sql-header.ts";

const QUOTES: ReadonlySet<string> = new Set(['"', "'", "`"]);

function quote(id: string, mark: string): string {
  const body = JSON.stringify(id).slice(1, -1);
  if (mark === '"') return `"${body}"`;
  return mark + body.replaceAll(String.raw`\"`, '"').replaceAll(mark, `\\${mark}`) + mark;
}

/** The quotation mark that a file uses: that of the value, else that of its id. */
function findQuote(...literals: readonly string[]): string {
  const marks = literals.flatMap((literal) => Array.from(literal).find((character) => QUOTES.has(character)) ?? []);
  return marks[0] ?? '"';
}

function replaceInModule(text: string, path: string, parents: readonly string[]): string | undefined {
  const { downRevision, revision } = locateHeaderValues(text, path);
  if (!downRevision || !revision) return undefined;
  const literal = text.slice(downRevision.start, downRevision.end);
  const mark = findQuote(literal, text.slice(revision.start, revision.end));
  const items = parents.map((parent) => quote(parent, mark));
  // A file that says it as a list, and whose types may want one, goes on doing so.
  const isList = literal.startsWith("[") || parents.length > 1;
  const value = isList ? `[${items.join(", ")}]` : items.join("");
  return text.slice(0, downRevision.start) + value + text.slice(downRevision.end);
}

function replaceInSql(text: string, path: string, parents: readonly string[]): string | undefined {
  const number = locateSqlField(text, path, "down_revision");
  const line = number === undefined ? undefined : splitLines(text)[number - 1];
  if (number === undefined || line === undefined) return undefined;
  const [, head = "", , tail = ""] = /^([^:]*:[ \t]*)(.*?)(\s*)$/s.exec(line) ?? [];
  const lines = text.split("\n");
  // What splitLines takes away at the beginning of a text stays.
  const before = (lines[number - 1] ?? "").slice(0, (lines[number - 1] ?? "").length - line.length);
  return lines.with(number - 1, before + head + parents.join(", ") + tail).join("\n");
}

/**
 * The text of a revision file with other parents. Nothing else of it changes.
 *
 * @param path its ending says what the text is
 * @throws HistoryError when the value cannot be replaced where it stands
 */
export function replaceParents(path: string, text: string, parents: readonly string[]): string {
  const { message: _message, doc: _doc, ...before } = parseRevisionFile(path, text);
  const replaced = (isSqlFile(path) ? replaceInSql : replaceInModule)(text, path, parents);
  if (replaced === undefined) throw historyErrors.headerNotEditable({ path, parents });
  const { message: _newMessage, doc: _newDoc, ...after } = parseRevisionFile(path, replaced);
  if (!isDeepStrictEqual(after, { ...before, downRevision: [...parents] }))
    throw historyErrors.headerNotEditable({ path, parents });
  return replaced;
}

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { scriptErrors } from "../kernel/errors/script-errors.ts";
import { findInvalidLine } from "../kernel/find-invalid-line.ts";
import { describeSystemError } from "./system-error.ts";
import { readRevisionHeader, type RevisionHeader } from "./revision-header.ts";
import { readSqlHeader } from "./sql/sql-header.ts";

/** A revision as its file describes it; the file has not been run. */
export interface RevisionFile extends RevisionHeader {
  /** Absolute path of the file. */
  readonly path: string;
  /** First paragraph of the comment at the top, on one line; where there is none, made from the file's name. */
  readonly message: string;
  /** The whole of that comment; empty where there is none. */
  readonly doc: string;
}

/** Whether a revision file holds SQL, and not a module. */
export function isSqlFile(path: string): boolean {
  return path.endsWith(".sql");
}

/** `2026_02_21_001_add_due_date.ts` becomes `add due date`. */
function describeFileName(path: string, revision: string): string {
  const name = basename(path).replace(/\.(?:[cm]?[jt]s|sql)$/, "");
  const words = name
    .replace(revision, "")
    .replace(/^[\d_.-]+(?=\D)/, "")
    .replaceAll(/[_-]+/g, " ")
    .trim();
  return words === "" ? name : words;
}

/**
 * The revision that a text describes.
 *
 * @param path where the text stands, or will stand
 * @throws ScriptError when the header is incomplete or not literal
 */
export function parseRevisionFile(path: string, text: string): RevisionFile {
  const { header, comment } = isSqlFile(path) ? readSqlHeader(text, path) : readRevisionHeader(text, path);
  return {
    ...header,
    path,
    message: comment?.message ?? describeFileName(path, header.revision),
    doc: comment?.text ?? "",
  };
}

function readSource(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw scriptErrors.fileUnreadable({ path, message: describeSystemError(error) }, error);
  }
}

/**
 * The text of a revision file.
 *
 * @throws ScriptError when the file cannot be read, or is not UTF-8
 */
export function readRevisionSource(path: string): string {
  const text = readSource(path);
  const line = findInvalidLine(text, () => readFileSync(path));
  if (line !== undefined) throw scriptErrors.fileNotText({ path, line });
  return text;
}

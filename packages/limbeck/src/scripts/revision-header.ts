import { scriptErrors } from "../kernel/errors/script-errors.ts";
import { locateOffset } from "../kernel/errors/source-location.ts";
import { readComment, type FileComment } from "./file-comment.ts";
import { findUnclosed } from "./find-unclosed.ts";
import { HEADER_NAMES, readDeclaration, type HeaderName, type HeaderValue, type TextSpan } from "./header-value.ts";
import { SourceScanner } from "./source-scanner.ts";

/** What a revision file says about itself at its top. */
export interface RevisionHeader {
  /** Its id. */
  readonly revision: string;
  /** The revisions it builds on: none for a base, several for a merge. */
  readonly downRevision: readonly string[];
  /** Names that this revision gives to its branch. */
  readonly branchLabels: readonly string[];
  /** Revisions, ids or labels, that have to run before it without being its parents. */
  readonly dependsOn: readonly string[];
  /** Revisions that it stands for, as `limbeck squash` writes them, in the order in which they run. */
  readonly replaces: readonly string[];
}

/** A header, and the comment at the beginning of the file. */
export interface ReadHeader {
  readonly header: RevisionHeader;
  readonly comment: FileComment | undefined;
}

interface FilePlace {
  readonly path: string;
  readonly text: string;
  /** Hears where values stand. */
  readonly onValue?: (name: HeaderName, span: TextSpan) => void;
}

type Values = Partial<Record<HeaderName, HeaderValue>>;

/** What follows `import` as long as it is plain; anything else the scanner walks through. */
const IMPORT_REST = /\s[^;"'`()/]*["'][^"'\n]*["'];/y;

/** A declaration as generated files have it; every other form takes the slower way with the same answer. */
const PLAIN_DECLARATION =
  / (revision|downRevision|branchLabels|dependsOn|replaces)(?:: string\[\])? = (?:"([^"\\\n]*)"|(null)|\[((?:"[^"\\\n]*"(?:, (?="))?)*)\]);\r?\n/y;

function readPlainList(list: string): readonly string[] {
  return list === "" ? [] : Array.from(list.matchAll(/"([^"]*)"/g), ([, item = ""]) => item);
}

function readPlainDeclaration(scanner: SourceScanner, values: Values): boolean {
  const match = scanner.match(PLAIN_DECLARATION);
  const [, name, text, isNull, list = ""] = match ?? [];
  if (!isHeaderName(name)) return false;
  values[name] = text ?? (isNull ? null : readPlainList(list));
  return true;
}

const NAMES: ReadonlySet<string | undefined> = new Set(HEADER_NAMES);
const isHeaderName = (text: string | undefined): text is HeaderName => NAMES.has(text);

/** Reads `const NAME = ...` and what follows after commas, as far as it speaks of the header. */
function readVariables(scanner: SourceScanner, place: FilePlace, values: Values): void {
  do {
    const name = scanner.peek();
    if (name?.kind !== "word" || !isHeaderName(name.text)) return;
    scanner.next();
    values[name.text] = readDeclaration(scanner, { ...place, name: name.text });
  } while (scanner.peek()?.text === "," && scanner.next());
}

/** Reads `exports.NAME = ...`, as CommonJS has it. */
function readExport(scanner: SourceScanner, place: FilePlace, values: Values): void {
  if (scanner.peek()?.text !== ".") return;
  scanner.next();
  const name = scanner.next()?.text;
  if (!isHeaderName(name) || scanner.peek()?.text !== "=") return;
  const value = readDeclaration(scanner, { ...place, name });
  // Compilers write `exports.a = exports.b = void 0;` first.
  if (value !== undefined) values[name] = value;
}

function isComplete(values: Values, text: string, position: number): boolean {
  if (values.revision === undefined || values.downRevision === undefined) return false;
  return (["branchLabels", "dependsOn", "replaces"] as const).every(
    (name) => values[name] !== undefined || !text.includes(name, position),
  );
}

function readStatement(scanner: SourceScanner, keyword: string, place: FilePlace, values: Values): void {
  if (keyword === "import") scanner.match(IMPORT_REST);
  if (keyword === "exports") readExport(scanner, place, values);
  const isVariable = keyword === "const" || keyword === "let" || keyword === "var";
  // The short cut does not say where the value stands.
  const isRead = isVariable && place.onValue === undefined && readPlainDeclaration(scanner, values);
  if (isVariable && !isRead) readVariables(scanner, place, values);
}

function readValues(scanner: SourceScanner, place: FilePlace): Values {
  const values: Values = {};
  for (let token = scanner.next(); token; token = scanner.next()) {
    if (token.kind !== "word" || scanner.depth !== 0) continue;
    readStatement(scanner, token.text, place, values);
    if (isComplete(values, place.text, scanner.position)) break;
  }
  return values;
}

/**
 * Finds where the values of the header stand in the text of a revision file.
 *
 * @throws ScriptError when a declaration is not a literal
 */
export function locateHeaderValues(text: string, path: string): Partial<Record<HeaderName, TextSpan>> {
  const spans: Partial<Record<HeaderName, TextSpan>> = {};
  const onValue = (name: HeaderName, span: TextSpan): void => {
    spans[name] = span;
  };
  readValues(new SourceScanner(text), { path, text, onValue });
  return spans;
}

function toList(value: HeaderValue): readonly string[] {
  if (value === null || value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

/**
 * Reads the header of a revision file as text; the file is not run.
 *
 * @param text what the file holds, TypeScript or JavaScript
 * @param path names the file in errors
 * @throws ScriptError when a declaration is missing or is not a literal
 */
export function readRevisionHeader(text: string, path: string): ReadHeader {
  const scanner = new SourceScanner(text);
  const values = readValues(scanner, { path, text });
  for (const name of ["revision", "downRevision"] as const) {
    if (values[name] !== undefined) continue;
    const unclosed = findUnclosed(text);
    if (unclosed === undefined) throw scriptErrors.headerIncomplete({ path, name });
    const message = "the file cannot be parsed: what begins here is never closed";
    throw scriptErrors.syntaxError({ location: locateOffset(path, text, unclosed), message });
  }
  const { revision } = values;
  if (typeof revision !== "string" || revision === "") {
    const offset = Math.max(0, text.search(/\brevision\b/));
    throw scriptErrors.headerNotLiteral({
      location: locateOffset(path, text, offset),
      name: "revision",
      expected: "a string",
    });
  }
  return {
    header: {
      revision,
      downRevision: toList(values.downRevision),
      branchLabels: toList(values.branchLabels),
      dependsOn: toList(values.dependsOn),
      replaces: toList(values.replaces),
    },
    comment: readComment(text, scanner.comments),
  };
}

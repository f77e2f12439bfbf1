import { scriptErrors } from "../kernel/errors/script-errors.ts";
import { locateOffset } from "../kernel/errors/source-location.ts";
import type { SourceScanner, Token } from "./source-scanner.ts";

/** The declarations that make the header of a revision file. */
export const HEADER_NAMES = ["revision", "downRevision", "branchLabels", "dependsOn", "replaces"] as const;

/** One of the {@link HEADER_NAMES}. */
export type HeaderName = (typeof HEADER_NAMES)[number];

/** What a declaration of the header may say; undefined where it says `undefined` or `void 0`. */
export type HeaderValue = string | readonly string[] | null | undefined;

/** A part of a text. */
export interface TextSpan {
  readonly start: number;
  /** Where the text after it begins. */
  readonly end: number;
}

/** Where a declaration is read. */
interface Place {
  readonly path: string;
  readonly text: string;
  readonly name: HeaderName;
  /** Hears where the value stands, without what TypeScript may say about it. */
  readonly onValue?: ((name: HeaderName, span: TextSpan) => void) | undefined;
}

const EXPECTED: Readonly<Record<HeaderName, string>> = {
  revision: "a string",
  downRevision: "a string, a list of strings, or null",
  branchLabels: "a list of strings",
  dependsOn: "a list of strings",
  replaces: "a list of strings",
};

function refuse(place: Place, token: Token | undefined): never {
  const location = locateOffset(place.path, place.text, token?.start ?? place.text.length);
  throw scriptErrors.headerNotLiteral({ location, name: place.name, expected: EXPECTED[place.name] });
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v", "0": "\0" };

/** The value of a string literal, quotes and escapes resolved. */
function decodeString(literal: string): string {
  const inner = literal.slice(1, -1);
  if (!inner.includes("\\")) return inner;
  return inner.replaceAll(/\\(?:u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|\r?\n|[^])/gi, (escape) => {
    const letter = escape.charAt(1);
    if (escape.length > 3)
      return String.fromCodePoint(Math.min(Number.parseInt(escape.slice(2).replaceAll(/[{}]/g, ""), 16), 0x10ffff));
    return letter === "\n" || letter === "\r" ? "" : (ESCAPES[letter] ?? letter);
  });
}

function readList(scanner: SourceScanner, place: Place): readonly string[] {
  const items: string[] = [];
  for (;;) {
    if (scanner.peek()?.text === "]") break;
    const token = scanner.peek();
    const item = readValue(scanner, place);
    if (typeof item !== "string") refuse(place, token);
    items.push(item);
    if (scanner.peek()?.text !== ",") break;
    scanner.next();
  }
  const end = scanner.next();
  if (end?.text !== "]") refuse(place, end);
  return items;
}

/** Reads a literal, and passes over what TypeScript may say after it. */
function readValue(scanner: SourceScanner, place: Place): HeaderValue {
  const value = readLiteral(scanner, place);
  skipAssertions(scanner);
  return value;
}

function skipAssertions(scanner: SourceScanner): void {
  for (;;) {
    const token = scanner.peek();
    if (token?.text === "as" || token?.text === "satisfies") {
      scanner.next();
      skipType(scanner);
    } else if (token?.text === "!" && !token.startsLine) {
      scanner.next();
    } else {
      return;
    }
  }
}

/** Whether a piece is a string, closed and without code in it. */
function isText({ kind, text }: Token): boolean {
  if (text.length < 2 || text.at(-1) !== text[0]) return false;
  return kind === "string" || (kind === "template" && !text.includes("${"));
}

function readLiteral(scanner: SourceScanner, place: Place): HeaderValue {
  const token = scanner.next();
  if (token && isText(token)) return decodeString(token.text);
  if (token?.text === "null") return null;
  if (token?.text === "undefined") return undefined;
  if (token?.text === "void") return void scanner.next();
  if (token?.text === "[") return readList(scanner, place);
  return token?.text === "(" ? readParenthesized(scanner, place) : refuse(place, token);
}

function readParenthesized(scanner: SourceScanner, place: Place): HeaderValue {
  const value = readValue(scanner, place);
  const end = scanner.next();
  return end?.text === ")" ? value : refuse(place, end);
}

const ENDS_TYPE: ReadonlySet<string> = new Set([";", ",", ")", "]", "satisfies", "as", "!"]);
const CONTINUES_TYPE: ReadonlySet<string> = new Set(["|", "&", ".", "<", "[", "("]);

/** Passes over the type after `as` or `satisfies`, which ends at a semicolon or at the end of its line. */
function skipType(scanner: SourceScanner): void {
  const outside = scanner.depth;
  let angles = 0;
  let previous = "";
  for (let token = scanner.peek(); token; token = scanner.peek()) {
    const isOutside = scanner.depth === outside && angles === 0;
    const isNewLine = token.startsLine && previous !== "";
    if (isOutside && ENDS_TYPE.has(token.text)) return;
    if (isOutside && isNewLine && !CONTINUES_TYPE.has(token.text) && !CONTINUES_TYPE.has(previous)) return;
    scanner.next();
    if (token.text === "<") angles += 1;
    if (token.text === ">") angles -= 1;
    previous = token.text;
  }
}

const NEVER_IN_ANNOTATION: ReadonlySet<string> = new Set([";", "const", "let", "var", "export", "import", "function"]);

/** Passes over `: Type` up to the equals sign. */
function skipAnnotation(scanner: SourceScanner, place: Place): void {
  for (let token = scanner.next(); token?.text !== "="; token = scanner.next()) {
    if (token === undefined || NEVER_IN_ANNOTATION.has(token.text)) refuse(place, token);
  }
}

/** Reads `: Type = value as Type` after the name of a declaration, up to what ends it. */
export function readDeclaration(scanner: SourceScanner, place: Place): HeaderValue {
  skipAnnotation(scanner, place);
  if (scanner.peek()?.text === "exports") return undefined;
  const start = scanner.peek()?.start ?? place.text.length;
  const value = readLiteral(scanner, place);
  place.onValue?.(place.name, { start, end: scanner.position });
  skipAssertions(scanner);
  const token = scanner.peek();
  return isEnd(token) ? value : refuse(place, token);
}

/** Whether an expression has ended before this piece: at the end, a semicolon, a comma, or a line that cannot continue it. */
function isEnd(token: Token | undefined): boolean {
  if (token === undefined || token.text === ";" || token.text === ",") return true;
  return (
    token.startsLine && (token.kind === "word" || token.kind === "string" || token.text === "}" || token.text === "@")
  );
}

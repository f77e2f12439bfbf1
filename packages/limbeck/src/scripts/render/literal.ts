import {
  group,
  hardline,
  ifBroken,
  indent,
  isList,
  join,
  line,
  mustBreak,
  softline,
  type Document,
} from "./document.ts";

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** What JSON leaves as it is although an editor or a reader would stumble over it. */
const INVISIBLE = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const escapeCharacter = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A string on one line, in the quotes that need fewer escapes, as formatters write it. */
function quoteString(text: string): string {
  const body = JSON.stringify(text).slice(1, -1).replaceAll(INVISIBLE, escapeCharacter);
  const double = text.split('"').length;
  const single = text.split("'").length;
  if (double <= single) return `"${body}"`;
  return `'${body.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** What JSON escapes and lines do not, by the letter behind the backslash. */
const PLAIN_IN_LINES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["t", "\t"],
]);

/** A string over several lines, as it would stand in an SQL file. */
function quoteLines(text: string): Document {
  const lines = text.split("\n").map((part) => {
    const body = JSON.stringify(part).slice(1, -1).replaceAll(INVISIBLE, escapeCharacter);
    // Escapes one by one: what follows a backslash that is escaped itself is only a letter.
    const plain = body.replaceAll(/\\(.)/g, (escape, letter) => PLAIN_IN_LINES.get(letter) ?? escape);
    return plain.replaceAll("`", "\\`").replaceAll("${", "\\${");
  });
  return { kind: "verbatim", text: `\`${lines.join("\n")}\`` };
}

/** A string as source text; one with line breaks in it keeps them. */
function renderString(text: string): Document {
  return text.includes("\n") ? quoteLines(text) : quoteString(text);
}

/** A number as source text, also those that JSON does not have. */
function renderNumber(value: number): string {
  if (Number.isNaN(value)) return "Number.NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Number.POSITIVE_INFINITY" : "Number.NEGATIVE_INFINITY";
  return Object.is(value, -0) ? "-0" : String(value);
}

const isBreakable = (document: Document): boolean =>
  typeof document !== "string" && !isList(document) && document.kind === "group";

function brackets(open: string, close: string, items: readonly Document[], isBroken = false): Document {
  if (items.length === 0) return open + close;
  const edge = open === "{" ? line : softline;
  return group([open, indent([edge, join([",", line], items)]), ifBroken(","), edge, close], isBroken);
}

/** A list; one of several lists or objects is written one below the other, as formatters do. */
export function renderArray(items: readonly Document[], isBroken = false): Document {
  return brackets("[", "]", items, isBroken);
}

/** `key: value`; a long string goes to the next line. */
function renderProperty(key: string, value: Document): Document {
  // `__proto__: x` would set the prototype and add no property.
  const name = key === "__proto__" ? '["__proto__"]' : IDENTIFIER.test(key) ? key : quoteString(key);
  return typeof value === "string" && /^["']/.test(value)
    ? [name, ":", group(indent([line, value]))]
    : [name, ": ", value];
}

/** An object; `isBroken` puts every property on a line of its own. */
export function renderObject(
  properties: readonly (readonly [key: string, value: Document])[],
  isBroken = false,
): Document {
  return brackets(
    "{",
    "}",
    properties.map(([key, value]) => renderProperty(key, value)),
    isBroken,
  );
}

function renderBytes(bytes: Uint8Array): Document {
  const list = renderArray(Array.from(bytes, String));
  const isShort = bytes.length <= 16;
  return isShort
    ? ["new Uint8Array(", list, ")"]
    : `new Uint8Array(Buffer.from("${Buffer.from(bytes).toString("base64")}", "base64"))`;
}

function renderDate(date: Date): string {
  return Number.isNaN(date.getTime()) ? "new Date(Number.NaN)" : `new Date("${date.toISOString()}")`;
}

const countParts = (value: unknown): number => {
  if (Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
};

function renderList(values: readonly unknown[]): Document {
  const items = values.map(renderLiteral);
  const isSame = values.every((value) => Array.isArray(value)) || values.every((value) => !Array.isArray(value));
  const isTable = values.length > 1 && isSame && values.every((value) => countParts(value) > 1);
  return renderArray(items, isTable && items.every(isBreakable));
}

/**
 * Any value that operations are made of, as source text: what JSON has, and bigints, dates and bytes.
 * Every character of a text comes back as it is, whatever the text holds.
 */
export function renderLiteral(value: unknown): Document {
  if (typeof value === "string") return renderString(value);
  if (typeof value === "number") return renderNumber(value);
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Date) return renderDate(value);
  if (value instanceof Uint8Array) return renderBytes(value);
  if (Array.isArray(value)) return renderList(value);
  if (typeof value === "object" && value !== null) {
    return renderObject(Object.entries(value).map(([key, part]) => [key, renderLiteral(part)]));
  }
  return String(value);
}

/** Whether a document can take over the last line of a call, `op.x("a", {` ... `})`: lists, objects and functions can. */
function canHug(document: Document): boolean {
  return isBreakable(document) && /^[[{(]/.test(firstText(document) ?? "");
}

const withBrokenGroup = (document: Document): Document =>
  typeof document !== "string" && !isList(document) && document.kind === "group"
    ? { ...document, isBroken: true }
    : document;

/** A call, wrapped as formatters do: on one line, else with the last argument opened, else one argument per line. */
export function renderCall(callee: Document, args: readonly Document[]): Document {
  const last = args.at(-1);
  if (last === undefined) return [callee, "()"];
  const others = args.slice(0, -1);
  const isVerbatim = typeof last !== "string" && !isList(last) && last.kind === "verbatim";
  if (others.length === 0 && isVerbatim) return [callee, "(", last, ")"];
  const separated = join([",", line], args);
  const open = group(
    [callee, "(", indent([softline, separated]), ifBroken(","), softline, ")"],
    others.some(mustBreak),
  );
  const before = others.at(-1) ?? "";
  // Of two lists, or two objects, neither is opened alone.
  const isLikeBefore = isBreakable(before) && firstText(before) === firstText(last);
  if (!canHug(last) || others.some(mustBreak) || isLikeBefore) return open;
  const flat: Document = [callee, "(", join(", ", args), ")"];
  const hugging: Document = [callee, "(", others.flatMap((other) => [other, ", "]), withBrokenGroup(last), ")"];
  return { kind: "choice", options: [flat, hugging, withBrokenGroup(open)] };
}

function firstText(document: Document): string | undefined {
  if (typeof document === "string") return document;
  if (isList(document)) return firstText(document[0] ?? "");
  return "content" in document ? firstText(document.content) : undefined;
}

/** `head.method().method()`, one per line when it gets too long. */
export function renderChain(
  head: Document,
  calls: readonly (readonly [method: string, args: readonly Document[]])[],
): Document {
  const links = calls.map(([method, args]) => renderCall(`.${method}`, args));
  if (links.length <= 1) return [head, ...links];
  const broken: Document = [head, indent(links.map((link) => [hardline, link]))];
  return { kind: "choice", options: [[head, ...links], broken] };
}

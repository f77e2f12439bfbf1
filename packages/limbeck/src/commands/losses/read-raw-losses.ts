import { foldName } from "../../kernel/fold-name.ts";
import type { LostData } from "../../ops/describe/list-losses.ts";
import { listParents, type Table } from "../../schema/model/table.ts";
import type { Schema } from "../../schema/model/schema.ts";

const PART = String.raw`(?:"(?:[^"]|"")+"|\`(?:[^\`]|\`\`)+\`|\[[^\]]+\]|[^\s"\`.,;()\[\]]+)`;
const NAME = String.raw`${PART}(?:\s*\.\s*${PART})*`;
const IF_EXISTS = String.raw`(?:IF\s+EXISTS\s+)?`;

const DROP_TABLE = new RegExp(String.raw`^DROP\s+TABLE\s+${IF_EXISTS}(${NAME}(?:\s*,\s*${NAME})*)`, "i");
const TRUNCATE = new RegExp(String.raw`^TRUNCATE\s+(?:TABLE\s+)?(?:ONLY\s+)?(${NAME}(?:\s*,\s*${NAME})*)`, "i");
/** Without a condition, which would choose some rows. */
const DELETE_ALL = new RegExp(String.raw`^DELETE\s+FROM\s+(?:ONLY\s+)?(${NAME})\s*(?:RETURNING\b.*)?$`, "is");
const ALTER_TABLE = new RegExp(String.raw`^ALTER\s+TABLE\s+${IF_EXISTS}(?:ONLY\s+)?(${NAME})\s+(.*)$`, "is");
const DROP_COLUMN = new RegExp(
  String.raw`\bDROP\s+(?:COLUMN\s+)?${IF_EXISTS}(?!(?:CONSTRAINT|INDEX|KEY|PRIMARY|FOREIGN|CHECK|DEFAULT|NOT|IDENTITY|EXPRESSION|PARTITION|SYSTEM|PERIOD)\b)(${PART})`,
  "gi",
);
const RENAME = /^RENAME\s+TO\s+(.+)$/is;
const COPY = new RegExp(
  String.raw`^(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|CREATE\s+TABLE)\s.*?\b(?:SELECT\b.*?\bFROM|AS\s+TABLE)\s+(${NAME})`,
  "is",
);
const COMMENTS = /--[^\n]*|\/\*.*?\*\//gs;

const unquote = (part: string): string => (/^["`[]/.test(part) ? part.slice(1, -1) : part);

const splitParts = (name: string): readonly string[] => (name.match(new RegExp(PART, "g")) ?? []).map(unquote);

/** What a schema calls something that a statement names, with or without the schema it is in. */
function findName(text: string, names: readonly string[]): string | undefined {
  const parts = splitParts(text);
  const wanted = [parts.join("."), parts.at(-1) ?? ""].map(foldName);
  // A name of the model has quotation marks only where it has a dot in it.
  return names.find((name) => wanted.includes(foldName(name.replaceAll('"', ""))));
}

const strip = (statement: string): string => statement.replaceAll(COMMENTS, " ").trim().replace(/\s*;$/, "");

/** A name as statements may write it in several ways, for comparing. */
const toKey = (name: string): string => foldName(splitParts(name).at(-1) ?? "");

/** The same with the schema that stands in front, for what always says it. */
const toFullKey = (name: string): string => `= ${foldName(splitParts(name).join("."))}`;

/** Takes note of which tables have their rows in another one by now: to drop such a one is a table rebuilt by hand, and no loss. */
export function noteCopies(statement: string, copied: Set<string>): void {
  const sql = strip(statement);
  const [, source] = COPY.exec(sql) ?? [];
  if (source !== undefined) copied.add(toKey(source)).add(toFullKey(source));
  const [, name = "", actions = ""] = ALTER_TABLE.exec(sql) ?? [];
  const [, to] = RENAME.exec(actions) ?? [];
  if (to !== undefined && copied.delete(toKey(name))) copied.add(toKey(to));
}

/** Whether the rows of a table that a statement drops are in another one. */
export const isCopied = ({ table, column }: LostData, copied: ReadonlySet<string>): boolean =>
  column === undefined && copied.has(foldName(table));

/**
 * Whether the rows of a table of the model are in another one; those of a partition are where those of its table are.
 *
 * @param copied takes note of partitions
 */
export function isTableCopied(table: Table, copied: Set<string>): boolean {
  const isFound = [table.name, ...listParents(table)].some((name) => copied.has(toFullKey(name)));
  if (isFound) copied.add(toFullKey(table.name));
  return isFound;
}

/** Whether a statement is worth reading: only then has the schema to be known. */
export const mayDestroy = (statement: string): boolean =>
  /^(?:DROP|TRUNCATE|ALTER|DELETE)\b/i.test(strip(statement)) && /\b(?:DROP|TRUNCATE|DELETE)\b/i.test(statement);

/**
 * The rows and values that a statement destroys: what it drops, and what it empties. What a condition of DELETE chooses is what the author of the revision
 * has thought about, and is not looked for.
 *
 * @param schema what is there before it; what it does not have is not lost
 */
export function readRawLosses(statement: string, schema: Schema): readonly LostData[] {
  const sql = strip(statement);
  const names = schema.tables.map(({ name }) => name);
  const tables = [DROP_TABLE, TRUNCATE, DELETE_ALL]
    .map((pattern) => pattern.exec(sql)?.[1])
    .find((found) => found !== undefined);
  if (tables !== undefined) {
    const each = tables.match(new RegExp(NAME, "g")) ?? [];
    return each.flatMap((name) => findName(name, names) ?? []).map((table) => ({ table }));
  }
  const [, name = "", actions = ""] = ALTER_TABLE.exec(sql) ?? [];
  const table = schema.tables.find((one) => one.name === findName(name, names));
  if (!table) return [];
  const columns = table.columns.filter(({ generated }) => !generated).map((column) => column.name);
  return Array.from(actions.matchAll(DROP_COLUMN), ([, column = ""]) => findName(column, columns))
    .filter((column) => column !== undefined)
    .map((column) => ({ table: table.name, column }));
}

import { foldName } from "../../kernel/fold-name.ts";

const PART = String.raw`(?:"(?:[^"]|"")+"|\`(?:[^\`]|\`\`)+\`|\[[^\]]+\]|[^\s"\`.,;()\[\]]+)`;

/** A part of a name, and a name with all its parts, as regular expressions find them in statements. */
export const NAME_PATTERNS: { readonly part: string; readonly name: string } = Object.freeze({
  part: PART,
  name: String.raw`${PART}(?:\s*\.\s*${PART})*`,
});

const unquote = (part: string): string => (/^["`[]/.test(part) ? part.slice(1, -1) : part);

/** The parts of a name, without their quotation marks; of other text, the words in it. */
export const splitParts = (text: string): readonly string[] => (text.match(new RegExp(PART, "g")) ?? []).map(unquote);

/** A name as statements may write it in several ways, for comparing: with or without the schema it is in. */
export const toKey = (name: string): string => foldName(splitParts(name).at(-1) ?? "");

/** The same with the schema that stands in front, for what always says it. */
export const toFullKey = (name: string): string => `= ${foldName(splitParts(name).join("."))}`;

/** What a schema calls something that a statement names, with or without the schema it is in. */
export function findName(text: string, names: readonly string[]): string | undefined {
  const parts = splitParts(text);
  const wanted = [parts.join("."), parts.at(-1) ?? ""].map(foldName);
  // A name of the model has quotation marks only where it has a dot in it.
  return names.find((name) => wanted.includes(foldName(name.replaceAll('"', ""))));
}

const COMMENTS = /--[^\n]*|\/\*.*?\*\//gs;

/** A statement without comments, and without the semicolon behind it. */
export const strip = (statement: string): string => statement.replaceAll(COMMENTS, " ").trim().replace(/\s*;$/, "");

const { part, name } = NAME_PATTERNS;
const ALTER_TABLE = new RegExp(String.raw`^ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?(${name})\s+(.*)$`, "is");

/** The table of an ALTER TABLE, and what stands behind it. */
export function readAlterTable(sql: string): { readonly table: string; readonly actions: string } | undefined {
  const [, table, actions] = ALTER_TABLE.exec(sql) ?? [];
  return table === undefined || actions === undefined ? undefined : { table, actions };
}

const RENAME = new RegExp(
  String.raw`\bRENAME\s+(?!(?:COLUMN|INDEX|KEY|CONSTRAINT)\b)(?:(?:TO|AS)\s+)?(${name})\s*(?:,|$)`,
  "i",
);
const RENAME_COLUMN = new RegExp(
  String.raw`\b(?:RENAME\s+(?:COLUMN\s+)?(${part})\s+TO|CHANGE\s+(?:COLUMN\s+)?(?:IF\s+EXISTS\s+)?(${part}))\s+(${part})`,
  "gi",
);
const RENAME_TABLES = /^RENAME\s+TABLES?\s+(.*)$/is;
const ONE_OF_TABLES = new RegExp(String.raw`(${name})\s+TO\s+(${name})`, "gi");

type Rename = readonly [from: string, to: string];

/** Which tables a statement renames. */
export function readTableRenames(sql: string): readonly Rename[] {
  const [, list] = RENAME_TABLES.exec(sql) ?? [];
  if (list !== undefined) return Array.from(list.matchAll(ONE_OF_TABLES), ([, from = "", to = ""]) => [from, to]);
  const altered = readAlterTable(sql);
  const [, to] = (altered && RENAME.exec(altered.actions)) ?? [];
  return altered && to !== undefined ? [[altered.table, to]] : [];
}

/** Which columns an ALTER TABLE renames. */
export function readColumnRenames(actions: string): readonly Rename[] {
  return Array.from(actions.matchAll(RENAME_COLUMN), ([, renamed, changed, to = ""]) => [renamed ?? changed ?? "", to]);
}

import type { DateParts } from "./date-parts.ts";

/** The parts that a file's name is made of; `serial` counts the files of a day from 001. */
export const FILE_TOKENS = [
  "year",
  "month",
  "day",
  "hour",
  "minute",
  "second",
  "epoch",
  "serial",
  "rev",
  "slug",
] as const;

/** One of the {@link FILE_TOKENS}. */
export type FileToken = (typeof FILE_TOKENS)[number];

/** The name of new files unless the config brings another: `2026_11_22_001_add_due_date.ts`. */
export const DEFAULT_FILE_TEMPLATE = "{year}_{month}_{day}_{serial}_{slug}";

const TOKEN = /\{([^{}]*)\}/g;

/**
 * What is wrong with a template; undefined when nothing is. Slashes lead into folders.
 */
export function findTemplateProblem(template: string): string | undefined {
  for (const [whole, token = ""] of template.matchAll(TOKEN)) {
    if (!FILE_TOKENS.some((known) => known === token)) {
      return `${whole} is not a token; there are ${FILE_TOKENS.map((known) => `{${known}}`).join(", ")}`;
    }
  }
  const text = template.replaceAll(TOKEN, "");
  const [other] = /[^\p{L}\p{N}_./-]/u.exec(text) ?? [];
  if (other !== undefined) return `${JSON.stringify(other)} can't be in the name of a file`;
  const segments = template.split("/");
  if (segments.includes("")) return "a slash stands between two names";
  if (segments.some((segment) => /^[._]/.test(segment)))
    return "files and folders whose names begin with a dot or an underscore are not taken for revisions";
  const isUnique = ["rev", "slug", "serial", "epoch"].some((token) => template.includes(`{${token}}`));
  return isUnique ? undefined : "every file would have the same name; use {serial}, {rev} or {slug}";
}

/** The values of the tokens. */
export type FileTokens = Readonly<Record<FileToken, string>>;

/**
 * The name that a template gives; what empty parts leave behind is cleared away.
 *
 * @param ending of the file, with its dot
 */
export function fillFileTemplate(template: string, tokens: FileTokens, ending: string): string {
  const segments = template.split("/").map((segment) =>
    segment
      // The check has made sure that there are no others.
      .replaceAll(TOKEN, (_, token: string) => tokens[token as FileToken])
      .replaceAll(/([_-])[_-]+/g, "$1")
      .replace(/^[._-]+|[._-]+$/g, ""),
  );
  return `${segments.filter((segment) => segment !== "").join("/")}${ending}`;
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\-]/g, String.raw`\$&`);

/** Finds the number in names that the template gives on a certain day. */
function makeSerialPattern(template: string, { year, month, day }: DateParts): RegExp {
  const patterns: Partial<Record<string, string>> = { year, month, day, serial: String.raw`(\d+)` };
  const parts = template.split(/(\{[^{}]*\})/).map((part) => {
    const token = /^\{(.*)\}$/.exec(part)?.[1];
    return token === undefined ? escape(part) : (patterns[token] ?? "[^/]*");
  });
  return new RegExp(`^${parts.join("")}$`);
}

/**
 * The number of the next file of a day, three digits or more.
 *
 * @param template of the names, file names without ending or ids
 * @param names the ones there are, with the folders around them
 */
export function findNextSerial(template: string, date: DateParts, names: readonly string[]): string {
  const depth = template.split("/").length;
  const comparable = names.map((name) => name.split("/").slice(-depth).join("/"));
  // What an empty slug leaves behind is cleared away in names, so the template is tried without it as well.
  const patterns = [template, template.replace(/[._-]\{slug\}/, "")].map((form) => makeSerialPattern(form, date));
  const numbers = comparable.flatMap((name) => patterns.map((pattern) => Number(pattern.exec(name)?.[1] ?? 0)));
  return String(Math.max(0, ...numbers) + 1).padStart(3, "0");
}

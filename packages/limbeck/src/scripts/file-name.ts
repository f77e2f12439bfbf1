import { scriptErrors } from "../kernel/errors/script-errors.ts";

/** What a file-name template can use. */
export interface FileNameParts {
  readonly revision: string;
  readonly message: string;
  readonly date: Date;
  /** The number of the day, for example `001`. */
  readonly serial: string;
}

/**
 * The words of a message joined by `_`, in lower case, cut at the end of a word.
 *
 * @param longest in characters; a single longer word is cut inside
 */
export function slugify(message: string, longest: number): string {
  const words = message.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  let slug = "";
  for (const word of words) {
    const longer = slug === "" ? word : `${slug}_${word}`;
    if (longer.length > longest) break;
    slug = longer;
  }
  return slug === "" ? (words[0] ?? "").slice(0, longest) : slug;
}

const two = (value: number): string => String(value).padStart(2, "0");

/**
 * The name of a new revision file, without its ending.
 *
 * @param template with tokens such as `{slug}`; see `fileTemplate` in the config
 * @throws ScriptError when a token means nothing, or the name would lead to another folder
 */
export function fillFileTemplate(template: string, parts: FileNameParts, slugLength: number): string {
  const { date } = parts;
  const tokens = new Map([
    ["rev", parts.revision],
    ["slug", slugify(parts.message, slugLength)],
    ["serial", parts.serial],
    ["year", String(date.getFullYear())],
    ["month", two(date.getMonth() + 1)],
    ["day", two(date.getDate())],
    ["hour", two(date.getHours())],
    ["minute", two(date.getMinutes())],
    ["second", two(date.getSeconds())],
  ]);
  const name = template.replaceAll(/\{(\w*)\}/g, (token, key: string) => {
    const value = tokens.get(key);
    if (value === undefined) {
      throw scriptErrors.templateBroken({ path: "fileTemplate", problem: `${token} means nothing; it knows ${[...tokens.keys()].join(", ")}` });
    }
    return value;
  });
  const trimmed = name.replace(/_+$/, "");
  if (/[/\\]/.test(trimmed) || trimmed.startsWith(".") || trimmed === "") {
    throw scriptErrors.templateBroken({ path: "fileTemplate", problem: `${JSON.stringify(trimmed)} is not the name of a file` });
  }
  return trimmed;
}

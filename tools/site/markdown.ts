import { posix } from "node:path";

/** Code, which is left as it is; and what would be taken for a tag or an expression of the page outside of it. */
const CODE_OR_SIGN = /```[\s\S]*?```|`[^`\n]+`|[<>{}]/g;

const SIGNS: ReadonlyMap<string, string> = new Map([
  ["<", "&lt;"],
  [">", "&gt;"],
  ["{", "&#123;"],
  ["}", "&#125;"],
]);

/** Text that may hold code between backticks and nothing else of Markdown, as docstrings and messages do. */
export function writeText(text: string): string {
  return text.replaceAll(/\{@link ([^}]+)\}/g, "`$1`").replaceAll(CODE_OR_SIGN, (found) => SIGNS.get(found) ?? found);
}

/** Inline code; empty for nothing. */
export const writeCode = (text: string): string => (text === "" ? "" : `\`${text}\``);

const writeCell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ");

/** A table; nothing where there are no rows. */
export function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map(writeCell).join(" | ")} |`);
  return lines.join("\n");
}

/** A block of code. */
export const writeBlock = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** Joins parts with blank lines; empty ones are left out. */
export const joinParts = (parts: readonly string[]): string => `${parts.filter((part) => part !== "").join("\n\n")}\n`;

/** A link from one page to another, as Markdown wants it. */
export function writeLink(text: string, from: string, to: string): string {
  const [path = "", hash] = to.split("#");
  const relative = posix.relative(posix.dirname(from), path);
  const target = relative.startsWith(".") ? relative : `./${relative}`;
  return `[${text}](${target}${hash === undefined ? "" : `#${hash}`})`;
}

/** The head of a page that has wide tables instead of a list of its headings beside them. */
export const WIDE = "---\naside: false\n---";

import type { CatalogueEntry } from "../../kernel/errors/define-errors.ts";
import { EXIT_CODES } from "../../kernel/exit-code.ts";
import type { Style } from "../style.ts";
import { wrapText } from "./wrap-text.ts";

const EXIT_NAMES: ReadonlyMap<number, string> = new Map(Object.entries(EXIT_CODES).map(([name, code]) => [code, name]));

/** `unknownRevision` as `unknown revision`. */
const toWords = (reason: string): string => reason.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The long form of an error. */
export function renderExplanation(
  { code, reason, explain, exitCode }: CatalogueEntry,
  { paint, width }: Style,
): string {
  return [
    `${paint("strong", code)}: ${toWords(reason)}`,
    "",
    wrapText(explain, width),
    "",
    paint("dim", `Exit code ${exitCode} (${toWords(EXIT_NAMES.get(exitCode) ?? "")}).`),
  ].join("\n");
}

/** All codes, one per line. */
export function renderErrorList(entries: readonly CatalogueEntry[], { paint }: Style): string {
  return entries.map(({ code, reason }) => `${paint("strong", code)}  ${toWords(reason)}`).join("\n");
}

import type { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import type { Style } from "../style.ts";
import { wrapText } from "./wrap-text.ts";

const INDENT = "  ";

function renderTitle(error: LimbeckError, { paint, symbols, width }: Style): string {
  const head = `${symbols.error} ${error.code}`;
  const [first = "", ...rest] = wrapText(`${head} ${error.title}`, width - INDENT.length).split("\n");
  const title = paint("error", head) + paint("strong", first.slice(head.length));
  return [title, ...rest.map((line) => INDENT + paint("strong", line))].join("\n");
}

function renderFix(commands: readonly string[], { paint }: Style): readonly string[] {
  const label = `${INDENT}fix: `;
  // Commands are never broken: they are there to be copied.
  return commands.map((command, index) => (index === 0 ? label : " ".repeat(label.length)) + paint("command", command));
}

/** An error for people: what happened, why, the commands that repair it, where to read more. */
export function renderError(error: LimbeckError, style: Style): string {
  const { paint, width } = style;
  const explain = `limbeck explain ${error.code}`;
  return [
    renderTitle(error, style),
    ...(error.why === "" ? [] : [wrapText(error.why, width, INDENT)]),
    ...renderFix(error.fix, style),
    ...(error.fix.includes(explain) ? [] : [paint("dim", `${INDENT}${explain}`)]),
    "",
  ].join("\n");
}

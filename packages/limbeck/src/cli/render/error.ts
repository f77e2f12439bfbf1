import type { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import type { Style } from "../style.ts";
import { complete, launchable } from "./copyable.ts";
import { wrapText } from "./wrap-text.ts";

const INDENT = "  ";

/** What of an error is told to people. */
type ToldError = Pick<LimbeckError, "code" | "title" | "why" | "fix">;

function renderTitle(error: ToldError, { paint, symbols, width }: Style): string {
  const head = `${symbols.error} ${error.code}`;
  const [first = "", ...rest] = wrapText(`${head} ${error.title}`, width - INDENT.length).split("\n");
  const title = paint("error", head) + paint("strong", first.slice(head.length));
  return [title, ...rest.map((line) => INDENT + paint("strong", line))].join("\n");
}

/** What is wrong with the options or the config is not repaired by giving the same ones again. */
const CONCERNS_OPTIONS = /^LB0[01]/;

/** The commands that repair something, as they have to be typed. */
export const completeFix = ({ code, fix }: Pick<ToldError, "code" | "fix">, style: Style): readonly string[] =>
  fix.map((command) => (CONCERNS_OPTIONS.test(code) ? launchable : complete)(command, style));

function renderFix(error: ToldError, style: Style): readonly string[] {
  const label = `${INDENT}fix: `;
  // Commands are never broken: they are there to be copied.
  return completeFix(error, style).map(
    (command, index) => (index === 0 ? label : " ".repeat(label.length)) + style.paint("command", command),
  );
}

/** An error for people: what happened, why, the commands that repair it, where to read more. */
export function renderError(error: ToldError, style: Style): string {
  const { paint, width } = style;
  const explain = `limbeck explain ${error.code}`;
  return [
    renderTitle(error, style),
    ...(error.why === "" ? [] : [wrapText(error.why, width, INDENT)]),
    ...renderFix(error, style),
    ...(error.fix.includes(explain) ? [] : [paint("dim", `${INDENT}${launchable(explain, style)}`)]),
    "",
  ].join("\n");
}

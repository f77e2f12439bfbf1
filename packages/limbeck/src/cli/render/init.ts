import type { Style } from "../style.ts";
import { renderNext } from "./next-command.ts";
import { wrapBehind } from "./wrap-text.ts";

/** What `init` made, as far as people need to know. */
export interface InitView {
  /** The config file, as it is reached from here. */
  readonly configPath: string;
  /** The line of the config that is left to the user. */
  readonly openLine: string;
}

/** The one line that is left to do. */
export function tellInit({ configPath, openLine }: InitView, style: Style): string {
  const { paint, symbols, width } = style;
  return [
    paint("good", wrapBehind(symbols.done, `One line of ${configPath} is open, the import of your models:`, width)),
    "",
    `    ${paint("strong", openLine.trim())}`,
    "",
    renderNext('limbeck revision -m "initial" --autogenerate', style),
  ].join("\n");
}

import type { EnsureVersionResult } from "../../commands/ensure-version.ts";
import type { Style } from "../style.ts";
import { renderNext } from "./next-command.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

/** Whether the version table had to be made. */
export function tellEnsureVersion({ created, table, database }: EnsureVersionResult, style: Style): string {
  const { paint, symbols, width } = style;
  const verdict = created
    ? paint("good", wrapBehind(symbols.done, `${database} has the version table ${table} now. It is empty.`, width))
    : wrapText(`Nothing to do: ${database} has the version table ${table}.`, width);
  return `${verdict}\n${renderNext("limbeck status", style)}`;
}

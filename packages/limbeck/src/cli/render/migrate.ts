import type { MigrateResult } from "../../commands/migrate.ts";
import type { Style } from "../style.ts";
import { count } from "./count.ts";
import { renderNext } from "./next-command.ts";
import { renderNotices } from "./notices.ts";
import { formatPosition } from "./position.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

/** Where the database stands after a run, and what is useful next. */
export function tellMigration(
  { to, steps, notices }: Pick<MigrateResult, "to" | "steps" | "notices">,
  next: string,
  style: Style,
): string {
  const { paint, symbols, width } = style;
  const place = `the database stands at ${formatPosition(to)}.`;
  const verdict =
    steps.length === 0
      ? wrapText(`Nothing to do: ${place}`, width)
      : paint("good", wrapBehind(symbols.done, `${count(steps.length, "revision")} run: ${place}`, width));
  return [...renderNotices(notices, style), verdict, renderNext(next, style)].join("\n");
}

import type { MigrateResult } from "../../commands/migrate.ts";
import type { Style } from "../style.ts";
import { count } from "./count.ts";
import { renderNext } from "./next-command.ts";
import { formatPosition } from "./position.ts";
import { wrapText } from "./wrap-text.ts";

/** Where the database stands after a run, and what is useful next. */
export function tellMigration({ to, steps }: MigrateResult, next: string, style: Style): string {
  const { paint, symbols, width } = style;
  const verdict =
    steps.length === 0
      ? wrapText(`Nothing to do: the database stands at ${formatPosition(to)}.`, width)
      : paint(
          "good",
          wrapText(
            `${symbols.done} ${count(steps.length, "revision")} run: the database stands at ${formatPosition(to)}.`,
            width,
          ),
        );
  return `${verdict}\n${renderNext(next, style)}`;
}

import type { MigrateResult } from "../../commands/migrate.ts";
import type { Style } from "../style.ts";
import { copyable } from "./copyable.ts";
import { count } from "./count.ts";
import { renderNext } from "./next-command.ts";
import { renderNotices } from "./notices.ts";
import { formatPosition } from "./position.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

/** A run as far as its story tells of it. */
export type MigrationView = Pick<MigrateResult, "to" | "heads" | "steps" | "notices" | "applied" | "emptyDowngrades">;

/** Why nothing was run. An upgrade to what lies below is no downgrade, which whoever typed it may have meant. */
function tellNothing({ to, heads, applied }: MigrationView, style: Style): readonly string[] {
  const place = `the database stands at ${formatPosition(to)}.`;
  if (!applied || to.length === 0 || applied.some((revision) => to.includes(revision))) {
    return [wrapText(`Nothing to do: ${place}`, style.width)];
  }
  const target = formatPosition(applied);
  const text = applied.length === 0 ? `${target} is before the first revision` : `${target} is applied already`;
  const verdict = wrapText(`Nothing to do: ${text}, and ${place}`, style.width);
  if (applied.length > 1 || applied.some((revision) => heads.includes(revision))) return [verdict];
  return [verdict, `To go back to it: ${copyable(`limbeck downgrade ${target}`, style)}`];
}

/** What a way down has not taken back. */
function tellEmpty({ emptyDowngrades = [] }: MigrationView, style: Style): readonly string[] {
  const { paint, symbols, width } = style;
  return emptyDowngrades.flatMap((revision) => [
    paint(
      "warning",
      wrapBehind(
        symbols.warning,
        `The downgrade of ${revision} is empty, so what its upgrade did is still there.`,
        width,
      ),
    ),
    `  ${copyable(`limbeck edit ${revision}`, style)}`,
  ]);
}

/** Where the database stands after a run, and what is useful next. */
export function tellMigration(view: MigrationView, next: string, style: Style): string {
  const { to, steps, notices } = view;
  const { paint, symbols, width } = style;
  const done = `${count(steps.length, "revision")} run: the database stands at ${formatPosition(to)}.`;
  const verdict =
    steps.length === 0 ? tellNothing(view, style) : [paint("good", wrapBehind(symbols.done, done, width))];
  return [...renderNotices(notices, style), ...tellEmpty(view, style), ...verdict, renderNext(next, style)].join("\n");
}

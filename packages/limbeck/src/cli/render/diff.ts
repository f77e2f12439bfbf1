import type { DiffResult } from "../../commands/diff.ts";
import type { Style } from "../style.ts";
import { renderChanges, renderUnmanaged } from "./changes.ts";
import { count } from "./count.ts";
import { renderNext } from "./next-command.ts";

/** What would change, and the statements that would do it; empty when nothing would. */
export function renderDiff({ changes, sql }: DiffResult, sqlOnly: boolean, style: Style): string {
  if (changes.length === 0) return "";
  return sqlOnly ? sql.trimEnd() : `${renderChanges(changes, style)}\n\n${sql.trimEnd()}`;
}

/** How models and database stand to each other. */
export function tellDiff({ changes, unmanaged }: DiffResult, style: Style): string {
  const verdict =
    changes.length === 0
      ? "The models and the database agree."
      : `${count(changes.length, "change")}; nothing was written.\n${renderNext('limbeck revision -m "..." --autogenerate', style)}`;
  return [renderUnmanaged(unmanaged, style), verdict].filter((part) => part !== "").join("\n");
}

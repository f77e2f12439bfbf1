import type { PlanNotice } from "../../graph/revision-plan.ts";
import { joinNames } from "../../kernel/join-names.ts";
import type { Style } from "../style.ts";
import { copyable } from "./copyable.ts";
import { wrapBehind } from "./wrap-text.ts";

function describeNotice(notice: PlanNotice): string {
  const { others } = notice;
  if (notice.kind === "undoesOthers")
    return `The branch ${notice.branch} shares its beginning with others, so ${joinNames(others)} ${others.length === 1 ? "goes" : "go"} with it.`;
  const rest = `${others.join(", ")} ${others.length === 1 ? "stays" : "stay"} where ${others.length === 1 ? "it is" : "they are"}.`;
  return `The database stands at ${others.length + 1} revisions, and the steps down are counted from ${notice.from}; ${rest}`;
}

/** What to know about the way that was taken, and the command that takes the other one; nothing when there is nothing to know. */
export function renderNotices(notices: readonly PlanNotice[], style: Style): readonly string[] {
  const { paint, symbols, width } = style;
  return notices.flatMap((notice) => [
    paint("warning", wrapBehind(symbols.warning, describeNotice(notice), width)),
    ...(notice.kind === "undoesOthers" ? [] : notice.others).map(
      (other) => `  ${copyable(`limbeck downgrade ${other}@-1`, style)}`,
    ),
  ]);
}

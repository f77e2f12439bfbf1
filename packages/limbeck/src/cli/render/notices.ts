import type { PlanNotice } from "../../graph/revision-plan.ts";
import type { Style } from "../style.ts";
import { copyable } from "./copyable.ts";
import { wrapBehind } from "./wrap-text.ts";

function describeNotice({ from, others }: PlanNotice): string {
  const rest = `${others.join(", ")} ${others.length === 1 ? "stays" : "stay"} where ${others.length === 1 ? "it is" : "they are"}.`;
  return `The database stands at ${others.length + 1} revisions, and the steps down are counted from ${from}; ${rest}`;
}

/** What to know about the way that was taken, and the command that takes the other one; nothing when there is nothing to know. */
export function renderNotices(notices: readonly PlanNotice[], style: Style): readonly string[] {
  const { paint, symbols, width } = style;
  return notices.flatMap((notice) => [
    paint("warning", wrapBehind(symbols.warning, describeNotice(notice), width)),
    ...notice.others.map((other) => `  ${copyable(`limbeck downgrade ${other}@-1`, style)}`),
  ]);
}

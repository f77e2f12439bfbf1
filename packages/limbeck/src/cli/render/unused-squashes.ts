import type { UnusedSquash } from "../../commands/find-unused-squashes.ts";
import { joinNames } from "../../kernel/join-names.ts";
import type { Style } from "../style.ts";
import { wrapBehind } from "./wrap-text.ts";

/** Why squashed revisions do not show up; empty where all do. */
export function tellUnusedSquashes(unused: readonly UnusedSquash[] = [], { paint, symbols, width }: Style): string {
  return unused
    .map(({ revision, because }) => {
      const reason =
        because.length === 0
          ? "another history leads through what it replaces"
          : `${joinNames(because)} ${because.length === 1 ? "needs" : "need"} one from the middle of what it replaces`;
      const text = `The squashed revision ${revision} is not used: ${reason}. What it replaces is run instead.`;
      return paint("warning", wrapBehind(symbols.warning, text, width));
    })
    .join("\n");
}

import type { SingleHeadResult } from "../../commands/check-single-head.ts";
import type { CheckResult } from "../../commands/check.ts";
import type { Style } from "../style.ts";
import { renderAsides } from "./asides.ts";
import { tellAgreement } from "./diff.ts";
import { wrapBehind } from "./wrap-text.ts";

/** What a check that found nothing says. */
export function tellCheck(result: CheckResult, style: Style): string {
  const { paint, symbols, width } = style;
  const verdict = `${paint("good", symbols.done)} ${tellAgreement(result)}`;
  const reason = result.unproven ? undefined : result.history?.notCompared;
  const { changedSince = [], pending = [], doneAlready } = result.history ?? {};
  const behind = pending.length === 0 ? "" : ` Not applied yet: ${pending.join(", ")}.`;
  const warning =
    reason === undefined
      ? ""
      : wrapBehind(symbols.warning, `The revisions were not compared. ${reason}${behind}`, width);
  const since =
    changedSince.length === 0
      ? ""
      : wrapBehind(symbols.warning, `Changed by hand since the last run: ${changedSince.join("; ")}.`, width);
  const inTheWay = (doneAlready?.changes ?? []).map(({ text }) => text).join("; ");
  const done =
    inTheWay === ""
      ? ""
      : wrapBehind(
          symbols.warning,
          `Something that pending revisions make is there already, so that they may fail; what takes it back: ${inTheWay}.`,
          width,
        );
  return [renderAsides(result, style), ...[warning, since, done].map((text) => paint("warning", text)), verdict]
    .filter((part) => part !== "")
    .join("\n");
}

/** What a check of the heads that found one, or none, says. */
export function tellSingleHead({ heads: [head] }: SingleHeadResult, { paint, symbols }: Style): string {
  const verdict =
    head === undefined ? "There are no revisions, so no two heads." : `The history has one head: ${head}.`;
  return `${paint("good", symbols.done)} ${verdict}`;
}

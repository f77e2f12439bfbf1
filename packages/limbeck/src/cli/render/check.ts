import type { SingleHeadResult } from "../../commands/check-single-head.ts";
import type { DiffResult } from "../../commands/diff.ts";
import type { Style } from "../style.ts";
import { renderAsides } from "./asides.ts";
import { tellAgreement } from "./diff.ts";

/** What a check that found nothing says. */
export function tellCheck(result: DiffResult, style: Style): string {
  const verdict = `${style.paint("good", style.symbols.done)} ${tellAgreement(result)}`;
  return [renderAsides(result, style), verdict].filter((part) => part !== "").join("\n");
}

/** What a check of the heads that found one, or none, says. */
export function tellSingleHead({ heads: [head] }: SingleHeadResult, { paint, symbols }: Style): string {
  const verdict =
    head === undefined ? "There are no revisions, so no two heads." : `The history has one head: ${head}.`;
  return `${paint("good", symbols.done)} ${verdict}`;
}

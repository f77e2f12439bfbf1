import type { ResolveResult } from "../../commands/resolve.ts";
import { writeContinuation } from "../../kernel/errors/journal-errors.ts";
import type { Style } from "../style.ts";
import { renderNext } from "./next-command.ts";
import { wrapBehind } from "./wrap-text.ts";

/** What was written down, and how the revision goes on. */
export function tellResolve(result: ResolveResult, style: Style): string {
  const { paint, symbols, width } = style;
  const end = result.outcome === "applied" ? "counts as applied" : "counts as not applied, and runs again";
  const verdict = `The statement in doubt of ${result.revision} ${end}. Nothing else was changed.`;
  return `${paint("good", wrapBehind(symbols.done, verdict, width))}\n${renderNext(writeContinuation(result), style)}`;
}

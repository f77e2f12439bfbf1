import type { DiffResult } from "../../commands/diff.ts";
import type { Style } from "../style.ts";
import { renderAsides } from "./asides.ts";

/** What a check that found nothing says. */
export function tellCheck(result: DiffResult, style: Style): string {
  const verdict = `${style.paint("good", style.symbols.done)} The models and the database agree.`;
  return [renderAsides(result, style), verdict].filter((part) => part !== "").join("\n");
}

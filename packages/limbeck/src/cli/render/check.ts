import type { DiffResult } from "../../commands/diff.ts";
import type { Style } from "../style.ts";
import { renderUnmanaged } from "./changes.ts";

/** What a check that found nothing says. */
export function tellCheck({ unmanaged }: DiffResult, style: Style): string {
  const verdict = `${style.paint("good", style.symbols.done)} The models and the database agree.`;
  return [renderUnmanaged(unmanaged, style), verdict].filter((part) => part !== "").join("\n");
}

import type { HookReport } from "../../scripts/hooks/run-hooks.ts";
import type { Style } from "../style.ts";
import { wrapText } from "./wrap-text.ts";

/** What the hooks wrote, under their names; empty where they wrote nothing. */
export function renderHooks(hooks: readonly HookReport[], { paint, width }: Style): string {
  const spoken = hooks.filter(({ output }) => output.trim() !== "");
  return spoken
    .map(({ name, output }) => `${wrapText(`The hook ${name} says:`, width)}\n${paint("dim", output.trimEnd())}`)
    .join("\n");
}

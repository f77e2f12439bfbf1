import type { Style } from "../style.ts";
import { copyable } from "./copyable.ts";

/** The command that is most useful now. */
export function renderNext(command: string, style: Style): string {
  return `Next: ${copyable(command, style)}`;
}

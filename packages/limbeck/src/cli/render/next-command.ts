import type { Style } from "../style.ts";

/** The command that is most useful now. */
export function renderNext(command: string, { paint }: Style): string {
  return `Next: ${paint("command", command)}`;
}

import type { Style } from "../style.ts";

/** A command that is there to be copied: with the global options that the user gave, without which it would mean another project. */
export function copyable(command: string, { paint, repeated }: Style): string {
  const complete = command.replace(/^(?:\w+=\S+ )*limbeck(?= )/, (program) => [program, ...repeated].join(" "));
  return paint("command", complete);
}

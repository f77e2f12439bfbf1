import { URL_OPTION } from "../global-flags.ts";
import type { Style } from "../style.ts";

/** A command that is there to be copied: with the global options that the user gave, without which it would mean another project. */
export function copyable(command: string, { paint, repeated }: Style): string {
  // Of two URLs the one counts that the advice is about.
  const isElsewhere = command.includes(` ${URL_OPTION}`);
  const options = repeated.filter((option) => !isElsewhere || !option.startsWith(URL_OPTION));
  const complete = command.replace(/^(?:\w+=\S+ )*limbeck(?= )/, (program) => [program, ...options].join(" "));
  return paint("command", complete);
}

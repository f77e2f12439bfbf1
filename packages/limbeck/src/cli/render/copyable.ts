import { URL_OPTION } from "../global-flags.ts";
import type { Style } from "../style.ts";

const PROGRAM = /^((?:\w+=\S+ )*)limbeck(?= )/;

/** A command as the user types it: with npx before it where that was typed. */
export const launchable = (command: string, { launcher }: Pick<Style, "launcher">): string =>
  command.replace(PROGRAM, `$1${launcher}limbeck`);

/** A command that is there to be copied: with the global options that the user gave, without which it would mean another project. */
export function copyable(command: string, style: Style): string {
  const { paint, repeated } = style;
  // Of two URLs the one counts that the advice is about.
  const isElsewhere = command.includes(` ${URL_OPTION}`);
  const options = repeated.filter((option) => !isElsewhere || !option.startsWith(URL_OPTION));
  const complete = command.replace(PROGRAM, (program) => [program, ...options].join(" "));
  return paint("command", launchable(complete, style));
}

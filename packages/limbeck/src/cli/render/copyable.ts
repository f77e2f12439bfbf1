import { URL_OPTION } from "../global-flags.ts";
import type { Style } from "../style.ts";

const PROGRAM = /^((?:\w+=\S+ )*)limbeck(?= )/;

/** A command as the user types it: with npx before it where that was typed. */
export const launchable = (command: string, { launcher }: Pick<Style, "launcher">): string =>
  command.replace(PROGRAM, `$1${launcher}limbeck`);

/** A command as it has to be typed: with the global options that the user gave, without which it would mean another project. */
export function complete(command: string, style: Pick<Style, "launcher" | "repeated">): string {
  const { repeated } = style;
  // Of two URLs the one counts that the advice is about.
  const isElsewhere = command.includes(` ${URL_OPTION}`);
  const options = repeated.filter((option) => !isElsewhere || !option.startsWith(URL_OPTION));
  const completed = command.replace(PROGRAM, (program) => [program, ...options].join(" "));
  return launchable(completed, style);
}

/** A command that is there to be copied by people. */
export const copyable = (command: string, style: Style): string => style.paint("command", complete(command, style));

import type { Session } from "./session.ts";

/** One line that tells how far something is. */
export interface LiveLine {
  /** Whether it is written over; where the terminal cannot do that, every text gets a line of its own. */
  readonly isErasable: boolean;
  /** Shows a text, cut to the width of the terminal. */
  readonly show: (text: string) => void;
  /** Takes the line away, for what is printed next. */
  readonly clear: () => void;
}

/** Goes back to the beginning of the line and erases it. https://en.wikipedia.org/wiki/ANSI_escape_code#Control_Sequence_Introducer_commands */
const ERASE_LINE = "\r\u001B[2K";

/** Makes a line that is written over where the terminal can do that. */
export function createLiveLine({ world, terminal }: Session): LiveLine {
  const { tell, style, mode } = terminal;
  const isErasable = world.stderr.isTTY && world.env["TERM"] !== "dumb" && !mode.noColor && !mode.ascii;
  let isShown = false;
  return {
    isErasable,
    show(text) {
      const line = text.length < style.width ? text : `${text.slice(0, style.width - 2)}${style.symbols.ellipsis}`;
      tell(isErasable ? ERASE_LINE + style.paint("dim", line) : `${line}\n`);
      isShown = true;
    },
    clear() {
      if (isShown && isErasable) tell(ERASE_LINE);
      isShown = false;
    },
  };
}

import type { TestProgress } from "../commands/test-revisions.ts";
import type { Session } from "./session.ts";

/** Tells how far a test is. */
export interface ProgressLine {
  readonly show: (progress: TestProgress) => void;
  /** Takes the line away, for what is printed next. */
  readonly clear: () => void;
}

/** Goes back to the beginning of the line and erases it. https://en.wikipedia.org/wiki/ANSI_escape_code#Control_Sequence_Introducer_commands */
const ERASE_LINE = "\r\u001B[2K";

/** Makes a line that is written over where the terminal can do that; elsewhere every revision gets a line. */
export function createTestProgress({ world, terminal }: Session): ProgressLine {
  const { tell, style, mode } = terminal;
  const isErasable = world.stderr.isTTY && world.env["TERM"] !== "dumb" && !mode.noColor && !mode.ascii;
  let isShown = false;
  return {
    show({ number, total, revision, message, data }) {
      const rows = data === "real" ? " with the real rows" : "";
      const text = `${number}/${total} ${revision}${rows} ${message} ${style.symbols.ellipsis}`;
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

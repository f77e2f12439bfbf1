import type { TestProgress } from "../commands/test-revisions.ts";
import { createLiveLine } from "./live-line.ts";
import type { Session } from "./session.ts";

/** Tells how far a test is. */
export interface ProgressLine {
  readonly show: (progress: TestProgress) => void;
  /** Takes the line away, for what is printed next. */
  readonly clear: () => void;
}

/** Makes a line that is written over where the terminal can do that; elsewhere every revision gets a line. */
export function createTestProgress(session: Session): ProgressLine {
  const { show, clear } = createLiveLine(session);
  const { ellipsis } = session.terminal.style.symbols;
  return {
    show({ number, total, revision, message, data }) {
      const rows = data === "real" ? " with the real rows" : "";
      show(`${number}/${total} ${revision}${rows} ${message} ${ellipsis}`);
    },
    clear,
  };
}

import type { RunEvent } from "../runtime/run-steps.ts";
import { formatDuration } from "./render/duration.ts";
import type { Terminal } from "./terminal.ts";

/** Tells what a run does while it goes on, one line per revision. */
export interface Progress {
  readonly onEvent: (event: RunEvent) => void;
  /** Ends a line that was begun, because what it is about has failed. */
  readonly interrupt: () => void;
}

/** Room for the duration behind a line. */
const DURATION_WIDTH = 10;

const shorten = (text: string, width: number, ellipsis: string): string =>
  text.length <= width ? text : text.slice(0, Math.max(width - ellipsis.length, 0)).trimEnd() + ellipsis;

/** Makes the progress lines of one run. */
export function createProgress({ tell, style }: Terminal): Progress {
  const { symbols, paint, width } = style;
  let isLineOpen = false;
  return {
    onEvent: (event) => {
      if (event.kind === "stepStarted") {
        const { direction, revision, message } = event.step;
        const sign = direction === "up" ? symbols.up : symbols.down;
        const room = width - sign.length - revision.length - symbols.ellipsis.length - DURATION_WIDTH - 4;
        const [firstLine = ""] = message.split("\n");
        const words = [
          paint(direction === "up" ? "added" : "removed", sign),
          paint("strong", revision),
          shorten(firstLine, room, symbols.ellipsis),
        ];
        tell(`${words.filter((word) => word !== "").join(" ")} ${symbols.ellipsis} `);
        isLineOpen = true;
      }
      if (event.kind === "stepFinished") {
        tell(`${paint("dim", formatDuration(event.milliseconds))}\n`);
        isLineOpen = false;
      }
    },
    interrupt: () => {
      if (isLineOpen) tell(`${paint("error", "failed")}\n`);
      isLineOpen = false;
    },
  };
}

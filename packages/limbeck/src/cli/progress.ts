import { describeRetry } from "../kernel/lock-retry.ts";
import type { RunEvent } from "../runtime/run-context.ts";
import { joinNames } from "../kernel/join-names.ts";
import { formatDuration } from "./render/duration.ts";
import { wrapText } from "./render/wrap-text.ts";
import type { Terminal } from "./terminal.ts";

/** Tells what a run does while it goes on, one line per revision. */
export interface Progress {
  readonly onEvent: (event: RunEvent) => void;
  /** Ends a line that was begun, because what it is about has failed. */
  readonly interrupt: (how: "failed" | "stopped") => void;
}

/** Room for the duration behind a line. */
const DURATION_WIDTH = 10;

/** A message as far as there is room for it, followed by the ellipsis that says that something is going on. */
function trail(message: string, room: number, ellipsis: string): string {
  const [text = ""] = message.split("\n");
  return text.length <= room
    ? `${text} ${ellipsis}`.trimStart()
    : text.slice(0, Math.max(room, 0)).trimEnd() + ellipsis;
}

/** What is told beside the line of a revision, and why that line stops there. */
interface Remark {
  readonly why: string;
  readonly text: string;
}

function findRemark(event: RunEvent, warning: string): Remark | undefined {
  switch (event.kind) {
    case "loss":
      return { why: "destroys data", text: `${warning} Destroys ${joinNames(event.losses)}.` };
    case "committed":
      return { why: "commits", text: `Committed in between: ${event.subject} can be used after a commit only.` };
    case "parking":
      return { why: "moves rows", text: event.text };
    case "waiting":
      return { why: "waiting", text: `Waiting: ${event.reason}.` };
    case "notice":
      return { why: "notice", text: `${event.notice.severity}: ${event.notice.message}` };
    default:
      return undefined;
  }
}

/** Makes the progress lines of one run. */
export function createProgress({ tell, style }: Terminal): Progress {
  const { symbols, paint, width } = style;
  let openLine = "";
  /** The tenths of a backfill that were told. */
  let tenths = 0;
  /** Ends the line that was begun, for what is told below. */
  const breakLine = (why: string, text: string): void => {
    const end = openLine === "" ? "" : `${paint("dim", why)}\n`;
    tell(`${end}${wrapText(text, width)}\n`);
  };
  /** The line that was begun is begun anew below. */
  const interject = (why: string, text: string): void => {
    breakLine(why, text);
    if (openLine !== "") tell(openLine);
  };
  return {
    onEvent: (event) => {
      if (event.kind === "stepStarted") {
        const { direction, revision, message } = event.step;
        const sign = direction === "up" ? symbols.up : symbols.down;
        const room = width - sign.length - revision.length - symbols.ellipsis.length - DURATION_WIDTH - 4;
        const head = `${paint(direction === "up" ? "added" : "removed", sign)} ${paint("strong", revision)}`;
        openLine = `${head} ${trail(message, room, symbols.ellipsis)} `;
        tell(openLine);
        tenths = 0;
      }
      if (event.kind === "progress") {
        const reached = Math.floor((event.rows / Math.max(event.total, 1)) * 10);
        if (reached < tenths) tenths = 0;
        // Rows that came meanwhile may make it more than all.
        if (reached > tenths && reached < 10) tell(paint("dim", `${reached * 10}% `));
        tenths = reached;
      }
      if (event.kind === "stepFinished") {
        tell(`${paint("dim", formatDuration(event.milliseconds))}\n`);
        openLine = "";
      }
      const remark = findRemark(event, symbols.warning);
      if (remark) interject(remark.why, remark.text);
      if (event.kind === "retry") {
        const text = `Waiting: ${describeRetry(event.retry)}`;
        if (event.retry.scope === "statement") interject("waiting", text);
        else {
          breakLine("rolled back", text);
          // It is told when it begins anew.
          openLine = "";
        }
      }
    },
    interrupt: (how) => {
      if (openLine !== "") tell(`${paint("error", how)}\n`);
      openLine = "";
    },
  };
}

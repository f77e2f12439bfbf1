import { describeRunEvent } from "../commands/stream/describe-run-event.ts";
import type { EventStream } from "./event-stream.ts";
import type { Progress } from "./progress.ts";

/** Tells of a run on the stream. */
export function streamProgress(stream: EventStream, tenant?: string): Progress {
  return {
    onEvent: (event) => {
      const described = describeRunEvent(event);
      if (described) stream.write(described, tenant);
    },
    // The error says so.
    interrupt: () => undefined,
  };
}

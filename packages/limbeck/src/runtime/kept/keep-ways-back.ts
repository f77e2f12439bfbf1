import { isOpaque } from "../../ops/apply/apply-operation.ts";
import type { Operation } from "../../ops/operation.ts";
import type { LoadedStep, RunContext } from "../run-context.ts";
import { trackSchema } from "../schema-tracker.ts";
import { writeKept } from "./kept-revision.ts";
import { losesSchema } from "./reckon-back.ts";
import { takeWayBack } from "./take-way-back.ts";

/** Sees to it that the journal keeps how the revisions of one run are taken back. */
export interface WaysBack {
  /** Hears of every operation before it runs. */
  readonly onOperation: (operation: Operation) => void;
  /** Hears of every read before it runs; it may write as well. */
  readonly onQuery: () => void;
  /** What the journal is to keep of a revision that has just run; undefined where there is nothing to keep. */
  readonly take: (step: LoadedStep) => Promise<string | undefined>;
}

/** Keeps nothing. */
const NONE: WaysBack = Object.freeze({
  onOperation: () => undefined,
  onQuery: () => undefined,
  take: async () => undefined,
});

/**
 * Makes what looks on during one run. The schema is read where a way back needs it, and then followed as far as that goes; a long run that begins with an empty
 * database would read it again and again, and few go back that far: so only the last steps are kept.
 */
export function keepWaysBack(steps: readonly LoadedStep[], context: RunContext): WaysBack {
  const { dialect, connection, history, keepDowngrades = 0 } = context;
  if (keepDowngrades === 0 || !history?.notesStatements) return NONE;
  const last = new Set(steps.slice(-keepDowngrades));
  const tracker = trackSchema(dialect, connection);
  return {
    onOperation(operation) {
      const known = tracker.known();
      if (!known) return;
      try {
        if (losesSchema(operation, known)) tracker.forget();
        else if (!isOpaque(operation, known)) tracker.record(operation);
      } catch {
        // What does not fit the schema as it was known fails where it runs, or there is more than was known.
        tracker.forget();
      }
    },
    onQuery: () => tracker.forget(),
    async take(step) {
      if (step.code.direction !== "upgrade" || !step.back) return undefined;
      const way = last.has(step)
        ? await takeWayBack(step, context, () => tracker.current())
        : { notKept: `it was none of the last ${keepDowngrades} of its run` };
      return writeKept({ header: step.back.header, message: step.message, way });
    },
  };
}

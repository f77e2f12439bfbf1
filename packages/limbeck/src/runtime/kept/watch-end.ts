import { isOpaque } from "../../ops/apply/apply-operation.ts";
import type { Operation } from "../../ops/operation.ts";
import type { LoadedStep, RunContext } from "../run-context.ts";
import { trackSchema } from "../schema-tracker.ts";
import { writeEndDetail, type KeptRevision } from "./end-detail.ts";
import { losesSchema } from "./reckon-back.ts";
import { takeSnapshot, type SchemaSnapshot } from "./schema-snapshot.ts";
import { takeWayBack } from "./take-way-back.ts";

/** Sees to it that the journal keeps how the revisions of one run are taken back, and what the database looks like in the end. */
export interface EndWatch {
  /** Hears of every operation before it runs. */
  readonly onOperation: (operation: Operation) => void;
  /** Hears of every read before it runs; it may write as well. */
  readonly onQuery: () => void;
  /** What the journal is to keep with the end of a revision that has just run; undefined where there is nothing to keep. */
  readonly describe: (step: LoadedStep) => Promise<string | undefined>;
}

/** Keeps nothing. */
const NONE: EndWatch = Object.freeze({
  onOperation: () => undefined,
  onQuery: () => undefined,
  describe: async () => undefined,
});

/** Looks anew: the words of the engine count, not those that it was told. */
function look(context: RunContext): Promise<SchemaSnapshot> {
  const { dialect, connection, versions, scope } = context;
  return takeSnapshot(context, async () =>
    versions.withoutOwnTables((await dialect.introspect(connection, scope)).schema),
  );
}

/**
 * Makes what looks on during one run. The schema is read where a way back needs it, and then followed as far as that goes; a long run that begins with an empty
 * database would read it again and again, and few go back that far: so only the last steps are kept.
 */
export function watchEnd(steps: readonly LoadedStep[], context: RunContext): EndWatch {
  const { dialect, connection, history, keepDowngrades = 0 } = context;
  if (!history?.notesStatements) return NONE;
  const kept = new Set(keepDowngrades === 0 ? [] : steps.slice(-keepDowngrades));
  const tracker = trackSchema(dialect, connection);

  const keep = async (step: LoadedStep): Promise<KeptRevision | undefined> => {
    if (keepDowngrades === 0 || step.code.direction !== "upgrade" || !step.back) return undefined;
    const way = kept.has(step)
      ? await takeWayBack(step, context, () => tracker.current())
      : { notKept: `it was none of the last ${keepDowngrades} of its run` };
    return { header: step.back.header, message: step.message, way };
  };

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
    async describe(step) {
      const revision = await keep(step);
      const snapshot = step === steps.at(-1) ? await look(context) : undefined;
      if (!revision && !snapshot) return undefined;
      return writeEndDetail({ ...(revision && { revision }), ...(snapshot && { snapshot }) });
    },
  };
}

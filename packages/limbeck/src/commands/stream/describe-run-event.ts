import type { LoadedStep, RunEvent } from "../../runtime/run-context.ts";
import type { StreamEvent, StreamRevision } from "./stream-line.ts";

const describeStep = ({ revision, direction, message }: LoadedStep): StreamRevision => ({
  revision,
  direction,
  message,
});

/** To a thousandth: a clock says more than it knows. */
const round = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

const nameStep = (step: LoadedStep | undefined): { readonly revision?: string } =>
  step ? { revision: step.revision } : {};

type Describe = {
  readonly [Kind in RunEvent["kind"]]?: (event: Extract<RunEvent, { readonly kind: Kind }>) => StreamEvent;
};

/** Operations and reads are left out: their statements tell of them. */
const DESCRIBE: Describe = {
  lockTaken: () => ({ event: "lockTaken" }),
  planned: ({ run, from, steps }) => ({ event: "planned", run, from, revisions: steps.map(describeStep) }),
  stepStarted: ({ step }) => ({ event: "revisionStarted", ...describeStep(step) }),
  stepFinished: ({ step, milliseconds }) => ({
    event: "revisionFinished",
    ...describeStep(step),
    milliseconds: round(milliseconds),
  }),
  hookStarted: ({ kind: event, ...hook }) => ({ event, ...hook }),
  hookFinished: ({ kind: event, milliseconds, ...hook }) => ({ event, ...hook, milliseconds: round(milliseconds) }),
  statementStarted: ({ kind: event, step, sql }) => ({ event, ...nameStep(step), sql }),
  statementFinished: ({ kind: event, step, sql, milliseconds, rows }) => ({
    event,
    ...nameStep(step),
    sql,
    milliseconds: round(milliseconds),
    rows,
  }),
  statementFailed: ({ kind: event, step, sql, milliseconds }) => ({
    event,
    ...nameStep(step),
    sql,
    milliseconds: round(milliseconds),
  }),
  progress: ({ step, table, rows, total }) => ({
    event: "backfillProgress",
    revision: step.revision,
    table,
    rows,
    total,
  }),
  loss: ({ step, losses }) => ({ event: "loss", revision: step.revision, losses }),
  committed: ({ step, subject }) => ({ event: "committed", revision: step.revision, subject }),
  parking: ({ step, text }) => ({ event: "parking", revision: step.revision, message: text }),
  retry: ({ retry: { direction, waited, pause, ...rest } }) => ({
    event: "retry",
    ...rest,
    direction: direction === "upgrade" ? "up" : "down",
    waited: round(waited),
    pause: round(pause),
  }),
  waiting: ({ what, reason }) => ({ event: "waiting", for: what ?? "database", reason }),
  notice: ({ notice: { severity, message } }) => ({ event: "notice", severity, message }),
};

/** What a run tells, in the form of `--json=stream`; undefined for what is told in another way as well. */
export function describeRunEvent(event: RunEvent): StreamEvent | undefined {
  // The compiler cannot see that an entry takes exactly this event.
  const describe = DESCRIBE[event.kind] as ((event: RunEvent) => StreamEvent) | undefined;
  return describe?.(event);
}

import type { LockRetry } from "../../kernel/lock-retry.ts";
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

function describeRetry({ direction, waited, pause, ...rest }: LockRetry): StreamEvent {
  const way = direction === "upgrade" ? "up" : "down";
  return { event: "retry", ...rest, direction: way, waited: round(waited), pause: round(pause) };
}

function describeHook({
  kind: _kind,
  ...event
}: Extract<RunEvent, { kind: "hookStarted" | "hookFinished" }>): StreamEvent {
  return "milliseconds" in event
    ? { event: "hookFinished", ...event, milliseconds: round(event.milliseconds) }
    : { event: "hookStarted", ...event };
}

type OfStatement = Extract<RunEvent, { kind: "statementStarted" | "statementFinished" | "statementFailed" }>;

function describeStatement(event: OfStatement): StreamEvent {
  const statement = { ...nameStep(event.step), sql: event.sql };
  if (event.kind === "statementStarted") return { event: event.kind, ...statement };
  const milliseconds = round(event.milliseconds);
  return event.kind === "statementFailed"
    ? { event: event.kind, ...statement, milliseconds }
    : { event: event.kind, ...statement, milliseconds, rows: event.rows };
}

/** What a run tells, in the form of `--json=stream`; undefined for what its statements tell as well. */
export function describeRunEvent(event: RunEvent): StreamEvent | undefined {
  switch (event.kind) {
    case "lockTaken":
      return { event: "lockTaken" };
    case "planned":
      return { event: "planned", run: event.run, from: event.from, revisions: event.steps.map(describeStep) };
    case "stepStarted":
      return { event: "revisionStarted", ...describeStep(event.step) };
    case "stepFinished":
      return { event: "revisionFinished", ...describeStep(event.step), milliseconds: round(event.milliseconds) };
    case "hookStarted":
    case "hookFinished":
      return describeHook(event);
    case "statementStarted":
    case "statementFinished":
    case "statementFailed":
      return describeStatement(event);
    case "progress": {
      const { step, table, rows, total } = event;
      return { event: "backfillProgress", revision: step.revision, table, rows, total };
    }
    case "loss":
      return { event: "loss", revision: event.step.revision, losses: event.losses };
    case "parking":
      return { event: "parking", revision: event.step.revision, message: event.text };
    case "retry":
      return describeRetry(event.retry);
    case "waiting":
      return { event: "waiting", for: event.isForLock ? "lock" : "database", reason: event.reason };
    case "notice":
      return { event: "notice", severity: event.notice.severity, message: event.notice.message };
    default:
      return undefined;
  }
}

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
    case "hookStarted": {
      const { kind: _kind, ...hook } = event;
      return { event: "hookStarted", ...hook };
    }
    case "hookFinished": {
      const { kind: _kind, milliseconds, ...hook } = event;
      return { event: "hookFinished", ...hook, milliseconds: round(milliseconds) };
    }
    case "statementStarted":
      return { event: "statementStarted", ...nameStep(event.step), sql: event.sql };
    case "statementFinished": {
      const { sql, milliseconds, rows } = event;
      return { event: "statementFinished", ...nameStep(event.step), sql, milliseconds: round(milliseconds), rows };
    }
    case "statementFailed":
      return {
        event: "statementFailed",
        ...nameStep(event.step),
        sql: event.sql,
        milliseconds: round(event.milliseconds),
      };
    case "progress": {
      const { step, table, rows, total } = event;
      return { event: "backfillProgress", revision: step.revision, table, rows, total };
    }
    case "loss":
      return { event: "loss", revision: event.step.revision, losses: event.losses };
    case "parking":
      return { event: "parking", revision: event.step.revision, message: event.text };
    case "retry": {
      const { direction, waited, pause, ...rest } = event.retry;
      const way = direction === "upgrade" ? "up" : "down";
      return { event: "retry", ...rest, direction: way, waited: round(waited), pause: round(pause) };
    }
    case "waiting":
      return { event: "waiting", for: event.isForLock ? "lock" : "database", reason: event.reason };
    case "notice":
      return { event: "notice", severity: event.notice.severity, message: event.notice.message };
    default:
      return undefined;
  }
}

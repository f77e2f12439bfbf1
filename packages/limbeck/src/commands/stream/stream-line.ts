import type { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import type { LockRetry } from "../../kernel/lock-retry.ts";
import type { HookName } from "../../runtime/hooks/config-hooks.ts";
import type { TenantReport } from "../tenants/upgrade-all.ts";

/** Which way a revision is gone. */
export type StreamDirection = "up" | "down";

/** An error as `--json` prints it. */
export type ErrorReport = Pick<LimbeckError, "code" | "reason" | "title" | "why" | "fix" | "context">;

/** A revision of a run. */
export interface StreamRevision {
  readonly revision: string;
  readonly direction: StreamDirection;
  /** One line about it, for people. */
  readonly message: string;
}

/** A statement of a run. */
interface StreamStatement {
  /** Absent for what belongs to none. */
  readonly revision?: string;
  /** As it is sent, without the values that are bound. */
  readonly sql: string;
}

/** What a line tells, but for when and of which tenant. */
export type StreamEvent =
  | {
      readonly event: "runStarted";
      /** Of this form: it stays 1 as long as events and keys are only added. */
      readonly format: 1;
      readonly version: string;
      readonly command: string;
      /** Without any password; null where it is not one. */
      readonly database: string | null;
    }
  | { readonly event: "waiting"; readonly for: "lock" | "database" | "replica"; readonly reason: string }
  | { readonly event: "lockTaken" }
  | {
      readonly event: "planned";
      /** The run as the journal names it. */
      readonly run: string;
      /** Where the database stands; empty for base. */
      readonly from: readonly string[];
      readonly revisions: readonly StreamRevision[];
    }
  | ({ readonly event: "revisionStarted" } & StreamRevision)
  | { readonly event: "hookStarted"; readonly hook: HookName; readonly revision?: string }
  | {
      readonly event: "hookFinished";
      readonly hook: HookName;
      readonly revision?: string;
      readonly milliseconds: number;
    }
  | ({ readonly event: "statementStarted" } & StreamStatement)
  | ({ readonly event: "statementFinished"; readonly milliseconds: number; readonly rows: number } & StreamStatement)
  | ({ readonly event: "statementFailed"; readonly milliseconds: number } & StreamStatement)
  | {
      readonly event: "backfillProgress";
      readonly revision: string;
      readonly table: string;
      readonly rows: number;
      readonly total: number;
    }
  | { readonly event: "loss"; readonly revision: string; readonly losses: readonly string[] }
  | { readonly event: "committed"; readonly revision: string; readonly subject: string }
  | { readonly event: "parking"; readonly revision: string; readonly message: string }
  | ({ readonly event: "retry"; readonly direction: StreamDirection } & Omit<LockRetry, "direction">)
  | { readonly event: "notice"; readonly severity: string; readonly message: string }
  | ({ readonly event: "revisionFinished"; readonly milliseconds: number } & StreamRevision)
  | { readonly event: "tenantFinished"; readonly report: TenantReport }
  | { readonly event: "error"; readonly error: ErrorReport }
  | {
      readonly event: "runFinished";
      readonly ok: boolean;
      readonly exitCode: number;
      /** Where the database stands now; empty for base, null where it is not one, or cannot be asked. */
      readonly standsAt: readonly string[] | null;
      /** What `--json` prints as `data`; absent after an error. */
      readonly data?: unknown;
    };

/**
 * One line of `--json=stream`.
 *
 * @example
 * const line = JSON.parse(text) as StreamLine;
 * if (line.event === "revisionFinished") console.log(line.revision, line.milliseconds);
 */
export type StreamLine = StreamEvent & {
  /** When it was written, in UTC: `2026-02-21T10:00:00.000Z`. */
  readonly time: string;
  /** With `--all`: which of them it is about. */
  readonly tenant?: string;
};

import type { Row } from "../../dialect/connection.ts";
import { ExecutionError } from "../../kernel/errors/execution-errors.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { OperationError } from "../../kernel/errors/operation-errors.ts";
import { runHookErrors } from "../../kernel/errors/run-hook-errors.ts";
import { withEdit } from "../../kernel/errors/source-location.ts";
import type { OperationMap, SqlValue } from "../../ops/operation.ts";
import { OPERATION_ARGUMENTS } from "../argument-rules.ts";
import { findCallSite } from "../call-site.ts";
import { checkArguments } from "../check-arguments.ts";
import { Interruption, unlessStopped } from "../interruption.ts";
import { createOperationQueue, type OperationQueue } from "../operation-queue.ts";
import { StatementFailure } from "../statement-failure.ts";
import type { RunContext } from "../run-context.ts";
import type { HookContext, HookName } from "./config-hooks.ts";

/** How a hook reaches the database. */
export interface HookReach {
  readonly execute: (operation: OperationMap["execute"]) => Promise<void>;
  readonly query: (sql: string, parameters: readonly SqlValue[]) => Promise<readonly Row[]>;
}

/** Whom hooks belong to. */
export interface HookHost extends Pick<RunContext, "dialect" | "onEvent" | "clock" | "signal"> {
  /** The file of the config, to name the line that failed. */
  readonly path: string;
}

/** What went wrong in a hook. */
export interface HookFailure {
  readonly hook: HookName;
  /** `file:line:column` of the call in the config, where it is known. */
  readonly location: string;
  /** In the words of whoever threw: the database, or the code. */
  readonly message: string;
  /** That the database refused; absent where it was the code that threw. */
  readonly sql?: string;
}

/** A hook that is called. */
export interface HookCall {
  readonly name: HookName;
  /** Absent for those of a run. */
  readonly revision?: string;
  readonly run: (op: HookContext["op"]) => unknown;
  /** Makes the error of what went wrong. */
  readonly explain: (failure: HookFailure, cause: unknown) => LimbeckError;
}

function describeFailure(hook: HookName, error: unknown, path: string): HookFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof StatementFailure)) return { hook, location: findCallSite(error, path), message };
  const { sql, location } = error;
  return { hook, location, message, sql };
}

/** What a call of a hook is refused for, with the hook and the line; it keeps its code, its reason and its fix. */
function explainRefused(error: OperationError, { name, explain }: HookCall, path: string): ExecutionError {
  const location = findCallSite(error, path);
  const { title, why, exitCode, context } = explain({ hook: name, location, message: error.title }, error);
  const { code, reason } = error;
  return new ExecutionError(
    {
      code,
      reason,
      title,
      why: [error.why, why].filter((part) => part !== "").join("\n"),
      fix: location === "" ? error.fix : withEdit(location, error.fix),
      exitCode,
      context: { ...error.context, ...context },
    },
    error,
  );
}

/** `op` of a hook, which looks at arguments as the one of revisions does. */
const checkOperations = (op: HookContext["op"], queue: OperationQueue): HookContext["op"] =>
  checkArguments(op, { execute: OPERATION_ARGUMENTS.execute, query: OPERATION_ARGUMENTS.query }, "op", {
    refuse: (_method, error) => queue.push(() => Promise.reject(error)),
  });

/**
 * Calls a hook, and waits for everything that it asked of the database.
 *
 * @throws LimbeckError when it throws, or a statement of it fails
 * @throws Interruption when the run is asked to stop meanwhile
 */
export async function callHook(
  call: HookCall,
  reach: HookReach,
  { path, dialect, onEvent, clock, signal }: HookHost,
): Promise<void> {
  const { name, revision, run, explain } = call;
  const queue = createOperationQueue(() =>
    runHookErrors.lateHookCall({ hook: name, location: findCallSite(new Error("call"), path) }),
  );
  const send = <Result>(sql: string, work: () => Promise<Result>): Promise<Result> => {
    const asked = new Error("call");
    return queue.push(async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof LimbeckError || error instanceof Interruption) throw error;
        throw new StatementFailure(
          dialect.describeDatabaseError(error),
          { sql, location: findCallSite(asked, path) },
          error,
        );
      }
    });
  };
  const op = checkOperations(
    {
      execute: (sql, options = {}) => send(sql, () => reach.execute({ kind: "execute", sql, ...options })),
      query: (sql, parameters = []) => send(sql, () => reach.query(sql, parameters)),
    },
    queue,
  );
  const subject = { hook: name, ...(revision !== undefined && { revision }) };
  const start = clock();
  onEvent({ kind: "hookStarted", ...subject });
  try {
    await unlessStopped(
      signal,
      Promise.resolve(op).then((given) => run(given)),
    );
    await queue.drain();
  } catch (error) {
    queue.finish();
    // What it asked for must not go on running while the caller rolls back.
    await queue.drain().catch(() => undefined);
    if (error instanceof OperationError) throw explainRefused(error, call, path);
    if (error instanceof LimbeckError || error instanceof Interruption) throw error;
    throw explain(describeFailure(name, error, path), error);
  } finally {
    queue.close();
  }
  onEvent({ kind: "hookFinished", ...subject, milliseconds: clock() - start });
}

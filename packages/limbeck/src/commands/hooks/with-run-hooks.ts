import type { Connection } from "../../dialect/connection.ts";
import { runHookErrors } from "../../kernel/errors/run-hook-errors.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { callHook, type HookHost, type HookReach } from "../../runtime/hooks/call-hook.ts";
import { compileRaw } from "../../runtime/hooks/compile-raw.ts";
import type { HookName, HookRevision, RunHookContext, RunOutcomeContext } from "../../runtime/hooks/config-hooks.ts";
import type { LoadedStep, RunContext, RunEvent } from "../../runtime/run-context.ts";
import { splitLeniently } from "../../runtime/split-leniently.ts";
import type { Environment } from "../environment.ts";

/** Whom the hooks of a run belong to. */
export function hostHooks(environment: Environment, onEvent: (event: RunEvent) => void): HookHost {
  const { config, dialect, clock, signal } = environment;
  return { path: config.path, dialect, clock, signal, onEvent };
}

/** A run, as its hooks are told of it. */
export interface HookedRun extends Pick<RunContext, "sink" | "onEvent"> {
  readonly run: string;
  readonly from: readonly string[];
  readonly steps: readonly LoadedStep[];
  /** The revisions that were committed, as far as the run has come. */
  readonly listFinished: () => readonly HookRevision[];
}

const describeStep = ({ revision, direction, message }: LoadedStep): HookRevision => ({
  revision,
  direction,
  message,
});

/** Statements outside of any transaction: each commits by itself. */
function reachOutside(
  hook: HookName,
  { dialect }: Environment,
  connection: Connection,
  { sink, listFinished }: HookedRun,
): HookReach {
  const { serverVersion } = connection;
  const requireNone = (sql: string): void => {
    if (!splitLeniently(sql, dialect).some(({ purpose }) => purpose === "transaction")) return;
    const finished = listFinished().map(({ revision }) => revision);
    throw runHookErrors.hookControlsTransaction({ hook, sql, finished });
  };
  return {
    async execute(operation) {
      requireNone(operation.sql);
      for (const statement of compileRaw(operation, { dialect, serverVersion })) await sink.run(statement);
    },
    async query(sql, parameters) {
      requireNone(sql);
      return (sink.query ?? connection.query.bind(connection))(sql, parameters);
    },
  };
}

/**
 * Runs revisions between `beforeRun` and `afterRun` of the config. Where there are none to run, nothing is called.
 *
 * @throws ExecutionError when a hook fails: before the run, nothing is run; after one that failed, the first error is told, and the other one as a notice
 */
export async function withRunHooks(
  environment: Environment,
  connection: Connection,
  hooked: HookedRun,
  work: () => Promise<void>,
): Promise<void> {
  const { config, dialect } = environment;
  const { beforeRun, afterRun } = config.hooks;
  const { run, from, steps, listFinished, onEvent } = hooked;
  if (steps.length === 0 || (!beforeRun && !afterRun)) return work();
  // A run that is to stop does so before the first revision, and after it all the same calls what follows.
  const host = { ...hostHooks(environment, onEvent), signal: undefined };
  const reach = (hook: HookName): HookReach => reachOutside(hook, environment, connection, hooked);
  const context: Omit<RunHookContext, "op"> = {
    run,
    database: dialect.redactUrl(config.url),
    from,
    revisions: steps.map(describeStep),
  };
  const finish = async (end: Pick<RunOutcomeContext, "outcome" | "error">): Promise<void> => {
    if (!afterRun) return;
    const finished = listFinished();
    await callHook(
      {
        name: "afterRun",
        run: (op) => afterRun({ ...context, ...end, finished, op }),
        explain: (failure, cause) =>
          runHookErrors.afterRunFailed({ ...failure, finished: finished.map(({ revision }) => revision) }, cause),
      },
      reach("afterRun"),
      host,
    );
  };
  if (beforeRun) {
    await callHook(
      {
        name: "beforeRun",
        run: (op) => beforeRun({ ...context, op }),
        explain: (failure, cause) => runHookErrors.beforeRunFailed(failure, cause),
      },
      reach("beforeRun"),
      host,
    );
  }
  try {
    await work();
  } catch (error) {
    const isStopped = environment.signal?.aborted === true;
    const known = error instanceof LimbeckError ? { error } : {};
    await finish({ outcome: isStopped ? "interrupted" : "failed", ...known }).catch((second: unknown) => {
      const message = second instanceof LimbeckError ? `${second.title} ${second.why}` : String(second);
      onEvent({ kind: "notice", notice: { severity: "WARNING", message } });
    });
    throw error;
  }
  await finish({ outcome: "succeeded" });
}

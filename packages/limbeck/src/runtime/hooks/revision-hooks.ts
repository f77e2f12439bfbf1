import { executionErrors } from "../../kernel/errors/execution-errors.ts";
import { runHookErrors } from "../../kernel/errors/run-hook-errors.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { performOperation } from "../perform-operation.ts";
import { performQuery } from "../perform-query.ts";
import type { CallPlace, RevisionTarget } from "../revision-target.ts";
import type { LoadedStep, RevisionHooks } from "../run-context.ts";
import { splitLeniently } from "../split-leniently.ts";
import type { StatementSink } from "../statement-sink.ts";
import { callHook, type HookHost, type HookReach } from "./call-hook.ts";
import { compileRaw } from "./compile-raw.ts";
import type { ConfigHooks, HookContext, RevisionHookContext } from "./config-hooks.ts";

/** What the hooks of a run are told. */
export type HookSubject = Pick<HookContext, "run" | "database">;

type RevisionHookName = "beforeRevision" | "afterRevision";

/** Where hooks write, instead of into a database. */
export type HookScript = Pick<StatementSink, "run">;

const endsTransaction = (sql: string, dialect: Dialect): boolean =>
  splitLeniently(sql, dialect).some(
    (part) => part.purpose === "transaction" || dialect.transaction.commitsImplicitly?.(part.sql),
  );

/** The words of the database where a statement of a hook fails; the operations that carry it out speak of revisions. */
async function unplaced<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof LimbeckError && error.reason === "statementFailed" && error.cause !== undefined
      ? error.cause
      : error;
  }
}

const reachDatabase = (target: RevisionTarget, place: CallPlace): HookReach => ({
  execute: async (operation) => void (await unplaced(performOperation(operation, target, place))),
  query: (sql, parameters) => unplaced(performQuery({ sql, parameters }, target, place)),
});

const reachScript = (script: HookScript, target: RevisionTarget, place: CallPlace): HookReach => ({
  async execute(operation) {
    for (const statement of compileRaw(operation, target)) await script.run(statement);
  },
  query: async (sql) => {
    throw executionErrors.noDatabaseToRead({ ...place, sql });
  },
});

/**
 * Binds the hooks of a config to a run.
 *
 * @param script where they write when a script is written. Default: they run
 */
export function createRevisionHooks(
  hooks: ConfigHooks,
  subject: HookSubject,
  host: HookHost,
  script?: HookScript,
): RevisionHooks {
  const call = async (name: RevisionHookName, step: LoadedStep, target: RevisionTarget): Promise<void> => {
    const hook = hooks[name];
    if (!hook) return;
    const { revision, direction, message } = step;
    const place: CallPlace = { revision, direction: step.code.direction, location: "" };
    const reach = script ? reachScript(script, target, place) : reachDatabase(target, place);
    const context: Omit<RevisionHookContext, "op"> = {
      ...subject,
      revision,
      direction,
      message,
      isScript: script !== undefined,
    };
    const requireOpen = (sql: string): void => {
      if (endsTransaction(sql, host.dialect)) throw runHookErrors.hookCommits({ ...place, hook: name, sql });
    };
    await callHook(
      {
        name,
        revision,
        run: (op) => hook({ ...context, op }),
        explain: (failure, cause) => runHookErrors.revisionHookFailed({ ...place, ...failure }, cause),
      },
      {
        async execute(operation) {
          requireOpen(operation.sql);
          await reach.execute(operation);
        },
        async query(sql, parameters) {
          requireOpen(sql);
          return reach.query(sql, parameters);
        },
      },
      host,
    );
  };
  return {
    before: (step, target) => call("beforeRevision", step, target),
    ...(hooks.afterRevision && { after: (step, target) => call("afterRevision", step, target) }),
  };
}

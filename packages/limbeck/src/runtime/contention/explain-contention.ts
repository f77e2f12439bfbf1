import type { Limits } from "../../dialect/contention-rules.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { contentionErrors } from "../../kernel/errors/contention-errors.ts";
import { sayWhatStays } from "../../kernel/errors/execution-errors.ts";
import { findFirstCause } from "../../kernel/errors/find-first-cause.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { hideSecretsOf } from "../../kernel/hide-secrets-of.ts";
import type { Contention } from "./contention.ts";

/** The revision that a statement belonged to. */
export interface FailedWork {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
}

/** What is known of a failure. */
export interface KnownFailure {
  readonly contention: Contention;
  /** How often it was tried. */
  readonly attempts: number;
  readonly limits: Limits;
  readonly work: FailedWork;
  /** What all tries have committed. */
  readonly kept: readonly string[];
  readonly dialect: Dialect;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const readTexts = (value: unknown): readonly string[] =>
  isList(value) ? value.filter((one): one is string => typeof one === "string") : [];

/** What a failure says that stays; undefined where it says that nothing does. */
export function readKept(
  error: unknown,
): { readonly kept: readonly string[]; readonly standsAt: readonly string[] | undefined } | undefined {
  if (!(error instanceof LimbeckError) || !("kept" in error.context)) return undefined;
  const { kept, standsAt } = error.context;
  return { kept: readTexts(kept), standsAt: isList(standsAt) ? readTexts(standsAt) : undefined };
}

function readContext(error: unknown, key: string): string {
  const value = error instanceof LimbeckError ? error.context[key] : undefined;
  return typeof value === "string" ? value : "";
}

/** The failure of a revision in the words of what was in its way. */
export function explainContention(
  error: unknown,
  { contention, attempts, limits, work, kept, dialect }: KnownFailure,
): LimbeckError {
  const { reason, sql, waited, holders } = contention;
  const failed = {
    ...work,
    location: readContext(error, "location"),
    operation: readContext(error, "operation"),
    sql,
    databaseMessage: hideSecretsOf(sql, dialect.describeDatabaseError(findFirstCause(error))),
    waited,
  };
  const failure =
    reason === "statementTimeout"
      ? contentionErrors.statementTooLong({ ...failed, statementTimeout: limits.statementTimeout / 1000 }, error)
      : contentionErrors.lockNotHad(
          { ...failed, cause: reason, holders, attempts, lockTimeout: limits.lockTimeout / 1000 },
          error,
        );
  const stays = readKept(error);
  const ending = reason === "statementTimeout" ? "failed" : "hindered";
  return stays ? sayWhatStays(failure, { kept, standsAt: stays.standsAt }, ending) : failure;
}

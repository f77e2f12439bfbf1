import { commandErrors } from "../kernel/errors/command-errors.ts";
import { journalErrors } from "../kernel/errors/journal-errors.ts";
import { judgeHistory, NO_HISTORY, type HistoryVerdict } from "./check-history.ts";
import { compareSides } from "./compare.ts";
import type { ChangeDescription } from "./describe-changes.ts";
import { describeComparison, type DiffResult } from "./diff.ts";
import type { Environment } from "./environment.ts";
import { adviseMissing, describeMissing } from "./find-missing.ts";
import { readWhole } from "./require-whole.ts";
import { adviseAdoption } from "./require-history.ts";
import { requireCurrentSchemaFile } from "./schema-file/schema-file.ts";
import { runComparators } from "./run-comparators.ts";
import { readBoth } from "./sides/read-both.ts";
import { DATABASE, MODELS, type Side, writeGenerateCommand } from "./sides/side.ts";

/** The command that adopts the database, where tables of it would go that were there before any revision. */
async function findAdoption(
  environment: Environment,
  { changes }: DiffResult,
  from: Side,
): Promise<string | undefined> {
  const isForgotten = from.kind === "database" && changes.some(({ kind }) => kind === "dropTable");
  return isForgotten ? adviseAdoption(environment) : undefined;
}

/** What `check` is asked for. */
export interface CheckOptions {
  /** What the models are compared with. Default: the configured database. */
  readonly from?: Side;
  /** Fail where no scratch database can be had. Default: as the config has it. */
  readonly requireProof?: boolean;
}

/** What `check` found where everything agrees. */
export interface CheckResult extends DiffResult {
  /** How the revisions stand to both; absent where they are what the models are compared with. */
  readonly history?: HistoryVerdict;
}

const listLines = (changes: readonly ChangeDescription[]): readonly string[] =>
  changes.map(({ sign, text }) => `${sign} ${text}`);

/** Whether everything agrees. Revisions that are not applied yet may lead beyond the models: what they are for now agrees all the same. */
function isInSync(differences: readonly string[], { unwritten, drift, pending }: HistoryVerdict): boolean {
  return differences.length + drift.length === 0 && (pending.length > 0 || unwritten.length === 0);
}

/** A database that is as the last run has left it differs from its revisions because their files were edited; with them as they ran the rest may be in order. */
function refuseEdited({ edited, changedSince, doneAlready, drift }: HistoryVerdict): void {
  if (!edited || doneAlready || changedSince?.length !== 0) return;
  throw journalErrors.editedAfterApply({ edited, drift: listLines(drift) });
}

/** What an error says of the revisions. */
function describeVerdict({
  unwritten,
  drift,
  doneAlready,
  edited,
  changedSince,
  pending,
  notCompared,
}: HistoryVerdict) {
  return {
    edited: (edited ?? []).map(({ path }) => path),
    unwritten: listLines(unwritten),
    drift: listLines(drift),
    done: listLines(doneAlready?.changes ?? []),
    reached: doneAlready?.reached,
    standsAt: doneAlready?.rows,
    changedSince: changedSince ?? [],
    pending,
    notCompared,
  };
}

/** The comparison that counts, and what the revisions say to it where the database is a side of it. */
async function compareAll(environment: Environment, from: Side, requireProof: boolean) {
  const sides = await readBoth(environment, { from, to: MODELS }, requireProof);
  // Whether a difference is a rename does not matter to the verdict, so nobody is asked.
  const comparison = await compareSides(environment, sides, { noRename: true });
  if (from.kind !== "database") return { comparison };
  return {
    comparison: await runComparators(environment, comparison),
    history: await judgeHistory(environment, sides, requireProof),
  };
}

/**
 * Fails when the models, the revisions and the database do not say the same, so that a pipeline stops there, and says which of them is wrong: a revision is
 * missing, somebody changed the database by hand, or revisions are not applied yet.
 *
 * @throws CommandError `notInSync` with every difference; `schemaFileStale` when only the file of the schema says something else
 * @throws ProofError (unproven) when no scratch database can be had and a proof is required
 * @throws JournalError (leftHalfway); (editedAfterApply) when the database differs from its revisions, and files were edited after they ran
 */
export async function check(
  environment: Environment,
  { from = DATABASE, requireProof = environment.config.requireProof }: CheckOptions = {},
): Promise<CheckResult> {
  if (from.kind === "database") await readWhole(environment);
  const { comparison, history } = await compareAll(environment, from, requireProof);
  const generate = writeGenerateCommand({ from });
  const result = await describeComparison(environment, comparison, generate);
  const { missing } = result;
  const differences = [...listLines(result.changes), ...missing.map(describeMissing)];
  const verdict = history ?? NO_HISTORY;
  if (isInSync(differences, verdict)) {
    // Before the database is at head, the file may well say what it will be.
    if (from.kind === "database" && verdict.pending.length === 0) await requireCurrentSchemaFile(environment);
    return { ...result, ...(history && { history }) };
  }
  refuseEdited(verdict);
  throw commandErrors.notInSync({
    ...describeVerdict(verdict),
    from: result.from,
    to: result.to,
    generate,
    differences,
    byHand: missing.map(adviseMissing),
    adopt: await findAdoption(environment, result, from),
  });
}

import type { Connection } from "../dialect/connection.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import { createRandom } from "../runtime/rows/random.ts";
import type { Environment } from "./environment.ts";
import { requireKnown } from "./migrate.ts";
import { readProject, type Project } from "./project.ts";
import { summarize } from "./revision-summary.ts";
import { planTrial, type TrialRequest } from "./trial/trial-request.ts";
import type { Outcome, TestedRevision, TrialData, TrialEffect, Verdict } from "./trial/trial-result.ts";
import { tryGeneratedRows } from "./trial/try-generated-rows.ts";
import { tryRealRows } from "./trial/try-real-rows.ts";
import { tryUpgradeTwice, type SecondUpgrade } from "./trial/try-upgrade-twice.ts";
import { readDatabase, withOriginal } from "./with-database.ts";

/** What `test` is asked for. */
export interface TestOptions {
  /** `FROM:TO`, either end may be left out; or one revision. Default: all of them. */
  readonly range?: string;
  /** Try them on a copy of the configured database as well. Default false: it is not even asked. */
  readonly data?: boolean;
  /** Chooses the rows that are made; the same number makes the same rows. Default 1. */
  readonly seed?: number;
  /** Hears of each revision before it is tried. */
  readonly onProgress?: (progress: TestProgress) => void;
}

/** What a test is about to do. */
export interface TestProgress {
  readonly revision: string;
  readonly message: string;
  readonly data: TrialData;
  /** How many were begun, this one included. */
  readonly number: number;
  /** How many there are. */
  readonly total: number;
}

/** What `test` found out. */
export interface TestResult {
  readonly seed: number;
  /** Whether a copy of the configured database took part. */
  readonly usedRealData: boolean;
  /** In the order in which an upgrade runs them. */
  readonly revisions: readonly TestedRevision[];
  /** How many of them there are of each verdict. */
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly secondUpgrade: SecondUpgrade;
  /** Whether anything is broken. */
  readonly isBroken: boolean;
}

const NO_COUNTS: TestResult["counts"] = {
  broken: 0,
  notReached: 0,
  irreversible: 0,
  losesData: 0,
  untried: 0,
  reversible: 0,
};

const NOT_REACHED: SecondUpgrade = { verdict: "notReached", differences: [] };

const isLoss = ({ kind }: TrialEffect): boolean => kind !== "added";

async function resolveRange(environment: Environment, project: Project, range: string): Promise<readonly string[]> {
  const { graph } = project;
  // Only these words ask where the database stands; nothing else of the database is looked at.
  const asksDatabase = /\bcurrent\b|^[+-]/.test(range);
  const rows = asksDatabase
    ? await readDatabase(environment, (connection) => environment.versions.readHeads(connection))
    : [];
  requireKnown(project, rows);
  return range.includes(":") ? graph.resolveRange(range, rows) : graph.resolve(range, rows);
}

/**
 * The revisions that are to be tried, in a history that has them as themselves: what a squashed revision replaces is tried in its stead when it is asked for, or when
 * the database whose rows take part stands in the middle of that.
 */
async function selectRevisions(
  environment: Environment,
  { range, data = false }: TestOptions,
): Promise<{ readonly project: Project; readonly selected: ReadonlySet<string> }> {
  const project = readProject(environment);
  const rows = data ? await readDatabase(environment, (connection) => environment.versions.readHeads(connection)) : [];
  requireKnown(project, rows);
  const named = range === undefined ? undefined : await resolveRange(environment, project, range);
  const graph = project.graph.showing(named ?? [], rows);
  const selected = new Set((named ?? graph.revisions).map((revision) => graph.get(revision).revision));
  return { project: { ...project, graph }, selected };
}

function judge(outcomes: readonly Outcome[], losses: readonly TrialEffect[]): Verdict {
  if (outcomes.some(({ problem }) => problem)) return "broken";
  if (outcomes.length === 0) return "notReached";
  if (outcomes.some(({ hasDowngrade }) => !hasDowngrade)) return "irreversible";
  if (losses.length > 0) return "losesData";
  return outcomes.some(({ untried }) => untried.length > 0) ? "untried" : "reversible";
}

function describeRevision(revision: string, project: Project, outcomes: readonly Outcome[]): TestedRevision {
  const { message, path } = summarize(project, revision);
  const losses = outcomes.flatMap(({ effects }) => effects).filter(isLoss);
  return {
    revision,
    message,
    path,
    verdict: judge(outcomes, losses),
    problems: outcomes.flatMap(({ problem }) => problem ?? []),
    losses,
    refusals: outcomes.flatMap(({ refusals }) => refusals),
    untried: outcomes.flatMap(({ untried }) => untried),
    notes: outcomes.flatMap(({ notes }) => notes),
    milliseconds: outcomes.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
  };
}

function countVerdicts(revisions: readonly TestedRevision[]): TestResult["counts"] {
  return revisions.reduce((counts, { verdict }) => ({ ...counts, [verdict]: counts[verdict] + 1 }), NO_COUNTS);
}

/** Makes what tells how far the test is. */
function createCounter(
  project: Project,
  total: number,
  tell: (progress: TestProgress) => void,
): TrialRequest["onStart"] {
  let number = 0;
  return (revision, data) => {
    number += 1;
    tell({ revision, message: project.requireFile(revision).message, data, number, total });
  };
}

interface Outcomes {
  readonly generated: ReadonlyMap<string, Outcome>;
  readonly second: SecondUpgrade;
  readonly real: ReadonlyMap<string, Outcome>;
}

/** @param original the database whose rows take part, if they are to */
async function tryEverything(request: TrialRequest, original?: Connection): Promise<Outcomes> {
  const { outcomes, isPassable, end } = await tryGeneratedRows(request);
  const second = isPassable ? await tryUpgradeTwice(request, end) : NOT_REACHED;
  return { generated: outcomes, second, real: original ? await tryRealRows(request, original) : new Map() };
}

/**
 * Tries revisions on scratch databases: each up, down and up again, then down and up once more, with rows in the tables, comparing schema and
 * rows at every stop; and at the end an upgrade of an empty database, twice. The configured database is not touched; with `data` it is copied.
 *
 * @returns what was found out; a broken revision is a finding, not an error
 * @throws GraphError when the range cannot be resolved
 * @throws CommandError (nothingToTest) when there is no revision to try
 * @throws ConnectionError when `data` is asked for and there is no database
 */
export async function testRevisions(environment: Environment, options: TestOptions = {}): Promise<TestResult> {
  const { range, data = false, seed = 1, onProgress = () => undefined } = options;
  const { project, selected } = await selectRevisions(environment, options);
  if (selected.size === 0) throw commandErrors.nothingToTest({ folder: environment.config.migrationsFolder, range });
  let serial = 0;
  const request: TrialRequest = {
    environment,
    project,
    selected,
    values: { random: createRandom(seed), nextSerial: () => (serial += 1) },
    onStart: createCounter(project, selected.size * (data ? 2 : 1), onProgress),
  };
  const { generated, second, real } = await (data
    ? withOriginal(environment, (original) => tryEverything(request, original))
    : tryEverything(request));
  const revisions = planTrial(request, [])
    .steps.filter(({ revision }) => selected.has(revision))
    .map(({ revision }) =>
      describeRevision(revision, project, [generated.get(revision) ?? [], real.get(revision) ?? []].flat()),
    );
  const isSecondWrong = !["nothingToDo", "notReached"].includes(second.verdict);
  return {
    seed,
    usedRealData: data,
    revisions,
    counts: countVerdicts(revisions),
    secondUpgrade: second,
    isBroken: isSecondWrong || revisions.some(({ verdict }) => verdict === "broken"),
  };
}

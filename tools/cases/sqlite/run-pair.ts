import { diff } from "../../../packages/limbeck/src/commands/diff.ts";
import { downgrade } from "../../../packages/limbeck/src/commands/downgrade.ts";
import { createRevision } from "../../../packages/limbeck/src/commands/revision.ts";
import { upgrade } from "../../../packages/limbeck/src/commands/upgrade.ts";
import type { RenameAnswers } from "../../../packages/limbeck/src/commands/find-changes.ts";
import type { DropAnswers } from "../../../packages/limbeck/src/commands/require-history.ts";
import { LimbeckError } from "../../../packages/limbeck/src/kernel/errors/limbeck-error.ts";
import type { Operation } from "../../../packages/limbeck/src/ops/operation.ts";
import { formatRename, type Rename } from "../read-renames.ts";
import { findAnnounced } from "./announced.ts";
import { takeCensusOf, type Census } from "./census.ts";
import { couldHold, findMisfit, listTransfers } from "./could-hold.ts";
import { findCounterparts, type Counterparts } from "./counterparts.ts";
import { describeDifferences } from "./describe-differences.ts";
import { findLostByUpgrade, findLostOnTheWay } from "./find-lost-rows.ts";
import { findRecreated } from "./find-recreated.ts";
import { findUnfilled } from "./find-unfilled.ts";
import { createPairProject, type PairProject } from "./pair-project.ts";
import { fillTables, readCounters, readRows, type Rows } from "./rows.ts";

/** Two schemas, and what only changes its name between them. */
export interface Pair {
  readonly from: string;
  readonly to: string;
  readonly renames: readonly Rename[];
}

/** How a pair is run. */
export interface PairOptions {
  /** The folder to work in; each pair gets one of its own inside. */
  readonly parent: string;
  /**
   * Whether rows may forbid a change: then the database must be left as it was, and the change must go through without rows.
   * Default false.
   */
  readonly mayRefuse?: boolean;
  /** Whether one row of each table holds values in which small faults show, which rows of other types often have no place for. Default true. */
  readonly hasHazards?: boolean;
}

/** What came of a pair. */
export interface PairReport {
  /** What went wrong, in words; empty when all holds. */
  readonly problems: readonly string[];
  /** What autogenerate found to do. */
  readonly operations: readonly Operation[];
  /** How many rows the database had. */
  readonly rows: number;
  /** How often rows forbade a change. */
  readonly refusals: number;
}

const describeError = (error: unknown): string =>
  error instanceof LimbeckError ? `${error.code} ${error.title} ${error.why}` : String(error);

/** Errors that speak of rows that the new schema would not take. */
const REFUSALS =
  /constraint failed|some rows|some values|several rows|rows already there|point(?:s)? nowhere|cannot store \w+ value/;

/** Values that have no place in another type: a schema alone does not tell, because SQLite takes almost anything. */
const CONVERSIONS = /some values/;

/** One walk through the assertions; problems are collected, so that one run shows all of them. */
class PairRun {
  readonly problems: string[] = [];
  refusals = 0;
  readonly #project: PairProject;
  readonly #start: Census;
  readonly #end: Census;
  readonly #counterparts: Counterparts;
  readonly #pair: Pair;

  constructor(project: PairProject, pair: Pair) {
    const { to, renames } = pair;
    this.#project = project;
    this.#pair = pair;
    this.#start = project.takeCensus();
    this.#end = takeCensusOf(to);
    this.#counterparts = findCounterparts(this.#end, renames);
  }

  fill(hasHazards: boolean): number {
    return this.#project.withDatabase((database) => fillTables(database, this.#start, this.#counterparts, hasHazards));
  }

  checkOperations(operations: readonly Operation[]): void {
    const recreated = findRecreated(operations, this.#start, this.#counterparts);
    for (const change of recreated) this.problems.push(`changes by dropping and creating: ${change}`);
  }

  readRows(): Rows {
    return this.#project.withDatabase((database) => readRows(database, this.#project.takeCensus()));
  }

  readCounters(): Readonly<Record<string, unknown>> {
    return this.#project.withDatabase(readCounters);
  }

  /** Whether the rows really forbid a step: they would not fit the other schema, or their values could not be converted. */
  #checkRefusal(name: "upgrade" | "downgrade", rows: Rows, message: string): void {
    const { from, to } = this.#pair;
    const isUp = name === "upgrade";
    const transfers = listTransfers(this.#start, this.#counterparts, isUp ? "up" : "down");
    // A type that is declared alike takes less in a STRICT table, which only the schema tells.
    const hasMisfit = CONVERSIONS.test(message) && findMisfit(rows, transfers) !== undefined;
    if (!hasMisfit && couldHold(isUp ? to : from, rows, transfers))
      this.problems.push(`${name} refuses rows that fit: ${message}`);
  }

  /** Runs a step; where rows forbid it, shows that nothing happened, and runs it without rows. */
  async move(name: "upgrade" | "downgrade", step: () => Promise<unknown>, mayRefuse: boolean): Promise<void> {
    const rows = this.readRows();
    const before = [this.#project.takeCensus(), rows, this.readCounters()];
    try {
      await step();
    } catch (error) {
      const message = describeError(error);
      if (!mayRefuse || !REFUSALS.test(message)) throw error;
      this.refusals += 1;
      this.#checkRefusal(name, rows, message);
      const after = [this.#project.takeCensus(), this.readRows(), this.readCounters()];
      if (JSON.stringify(before) !== JSON.stringify(after)) this.problems.push(`${name} was refused and left traces`);
      this.#project.withDatabase((database) => {
        database.exec("PRAGMA foreign_keys=OFF");
        for (const table of Object.keys(this.#project.takeCensus().tables)) {
          database.exec(`DELETE FROM "${table.replaceAll('"', '""')}"`);
        }
      });
      await step();
    }
  }

  checkSchema(name: string, wanted: "start" | "end"): void {
    const expected = wanted === "start" ? this.#start : this.#end;
    const differences = describeDifferences(this.#project.takeCensus(), expected);
    for (const difference of differences) this.problems.push(`${name}: ${difference}`);
  }

  checkRowsAfterUpgrade(before: Rows, operations: readonly Operation[]): void {
    const stages = { start: this.#start, before, after: this.readRows() };
    const lost = findLostByUpgrade(stages, this.#counterparts, findAnnounced(operations));
    const unfilled = findUnfilled(this.#start, stages.after, this.#counterparts);
    for (const row of [...lost, ...unfilled]) this.problems.push(`after upgrade: ${row}`);
  }

  checkRowsAfterDowngrade(before: Rows, operations: readonly Operation[]): void {
    const stages = { start: this.#start, before, after: this.readRows() };
    const lost = findLostOnTheWay(stages, this.#counterparts, findAnnounced(operations));
    for (const row of lost) this.problems.push(`after downgrade: ${row}`);
  }

  checkCounters(name: string, before: Readonly<Record<string, unknown>>, isBack: boolean): void {
    const after = this.readCounters();
    for (const [table, { text }] of Object.entries(this.#start.tables)) {
      const later = this.#counterparts.findTable(table);
      if (!later || !text.counts || !later.text.counts) continue;
      const counter = after[isBack ? table : later.name];
      if (counter !== before[table])
        this.problems.push(`${name}: the counter of ${table} was ${String(before[table])} and is ${String(counter)}`);
    }
  }
}

async function checkNothingLeft(project: PairProject, run: PairRun): Promise<void> {
  try {
    const { changes } = await createRevision(project.environment, {
      message: "again",
      autogenerate: true,
      noRename: true,
    });
    run.problems.push(`a second autogenerate finds: ${changes.map(({ text }) => text).join("; ")}`);
  } catch (error) {
    if (!(error instanceof LimbeckError && error.reason === "nothingToGenerate")) throw error;
  }
}

async function walk(
  project: PairProject,
  pair: Pair,
  { mayRefuse = false, hasHazards = true }: PairOptions,
): Promise<PairReport> {
  const { environment } = project;
  const run = new PairRun(project, pair);
  const rows = run.fill(hasHazards);
  const answers: RenameAnswers & DropAnswers = {
    renames: pair.renames.map(formatRename),
    noRename: true,
    dropOk: true,
  };
  const { operations } = await diff(environment, answers);
  run.checkOperations(operations);
  const done = (): PairReport => ({ problems: run.problems, operations, rows, refusals: run.refusals });
  if (operations.length === 0) {
    // Two schemas that mean the same.
    run.checkSchema("nothing to do", "end");
    return done();
  }
  await createRevision(environment, { message: "change", autogenerate: true, ...answers });

  const [before, counters] = [run.readRows(), run.readCounters()];
  const refusalsBefore = run.refusals;
  await run.move("upgrade", () => upgrade(environment, { target: "head" }), mayRefuse);
  run.checkSchema("after upgrade", "end");
  if (run.refusals === refusalsBefore) {
    run.checkRowsAfterUpgrade(before, operations);
    run.checkCounters("after upgrade", counters, false);
  }
  await checkNothingLeft(project, run);

  const isFilled = run.refusals === refusalsBefore;
  await run.move("downgrade", () => downgrade(environment, { target: "base", allowDataLoss: true }), mayRefuse);
  run.checkSchema("after downgrade", "start");
  if (isFilled && run.refusals === refusalsBefore) {
    run.checkRowsAfterDowngrade(before, operations);
    run.checkCounters("after downgrade", counters, true);
  }
  return done();
}

/**
 * Makes a real database with rows from one schema, lets the tool write one revision towards another, and runs it up and down. Judged by
 * an independent reading of the database: up gives the other schema, down gives the first one with all rows in what was kept, a second
 * autogenerate finds nothing, and nothing that only changed is dropped and created.
 */
export async function runPair(pair: Pair, options: PairOptions): Promise<PairReport> {
  const project = await createPairProject(options.parent, pair.from, pair.to);
  try {
    return await walk(project, pair, options);
  } catch (error) {
    return { problems: [describeError(error)], operations: [], rows: 0, refusals: 0 };
  } finally {
    project.dispose();
  }
}

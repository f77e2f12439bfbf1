import { blamesRevision } from "./blames-revision.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import { compareRows, type RowChange } from "../rows/compare-rows.ts";
import type { UnfilledTable } from "../rows/fill-tables.ts";
import { mentionsIdentifier } from "../../ops/expression/identifiers.ts";
import { findLastName } from "../../ops/expression/last-name.ts";
import { findTable } from "../../schema/model/schema.ts";
import type { LoadedStep } from "../run-context.ts";
import type { TrialDatabase } from "./trial-database.ts";
import { TrialFailure, type TrialStage } from "./trial-failure.ts";
import { compareStops, findReordered, type TrialStop } from "./trial-stop.ts";

/** A revision, ready to be run both ways. */
export interface Crossing {
  readonly up: LoadedStep;
  /** Undefined where there is no way back. */
  readonly down: LoadedStep | undefined;
}

/**
 * Which rows are made: also such with values of another kind than their column promises, only such with the right ones, only such in which
 * everything is given, such whose values are right for what the columns were before, or none.
 */
export type RowChoice = "any" | "plain" | "complete" | "former" | "none";

/** Which rows are in the tables. */
export interface RoundTripRows {
  /** Rows that are made before the first upgrade, in tables that have none. */
  readonly below: RowChoice;
  /** Rows that are made after the upgrade, in tables that are new or changed. */
  readonly above: RowChoice;
}

/** What a revision does to rows. */
export interface RowEffect extends RowChange {
  /** The direction that does it; the other one does not take it back. */
  readonly direction: "upgrade" | "downgrade";
}

/** What a trial found out besides that the revision passed it. */
export interface RoundTripFindings {
  readonly effects: readonly RowEffect[];
  /** Tables that come back with their columns in another order. */
  readonly reordered: readonly string[];
  /** Tables that the trial had no rows for. */
  readonly unfilled: readonly UnfilledTable[];
  /** Those of them that the revision has to do with: what it does to their rows was not found out. */
  readonly untried: readonly string[];
  /** What holds rows that could not be read, so that nothing is known of them. */
  readonly unread: readonly UnfilledTable[];
}

/** A trial that is going on. */
interface Trial {
  readonly database: TrialDatabase;
  readonly dialect: Dialect;
  readonly hasRowsFromAbove: boolean;
}

async function run({ database, hasRowsFromAbove }: Trial, step: LoadedStep, stage: TrialStage): Promise<void> {
  try {
    await database.run(step);
  } catch (error) {
    if (!blamesRevision(error)) throw error;
    throw new TrialFailure({ stage, hasRowsFromAbove, error, differences: [] });
  }
}

async function expectStop(trial: Trial, expected: TrialStop, stage: TrialStage): Promise<TrialStop> {
  const { database, dialect, hasRowsFromAbove } = trial;
  const found = await database.look();
  const differences = compareStops(found, expected, dialect);
  if (differences.length > 0) throw new TrialFailure({ stage, hasRowsFromAbove, differences });
  return found;
}

/** Tables without rows that a revision creates, changes, drops or names. */
function findUntried(
  unfilled: readonly UnfilledTable[],
  { below, above }: { readonly below: TrialStop; readonly above: TrialStop },
  ran: readonly string[],
): readonly string[] {
  const concerns = (name: string): boolean => {
    const [before, after] = [findTable(below.schema, name), findTable(above.schema, name)];
    if (before !== after && JSON.stringify(before) !== JSON.stringify(after)) return true;
    return ran.some((sql) => mentionsIdentifier(sql, findLastName(name)));
  };
  return [...new Set(unfilled.map(({ table }) => table))].filter(concerns);
}

/** Goes down and up from where the database stands, and tells what that does to the rows above. */
export async function tryWayBack(
  { up, down }: { readonly up: LoadedStep; readonly down: LoadedStep },
  trial: Trial,
  below?: TrialStop,
): Promise<readonly RowEffect[]> {
  const { database } = trial;
  const above = await database.look();
  const rows = await database.readRows(above);
  await run(trial, down, "downgrade");
  if (below) await expectStop(trial, below, "downgrade");
  await run(trial, up, "second upgrade");
  await expectStop(trial, above, "second upgrade");
  const changes = compareRows(rows, await database.readRows(above), { withNumbers: true });
  return changes.map((change) => ({ ...change, direction: "downgrade" }));
}

/**
 * Runs a revision up, down and up again, with rows made before it; then down and up with rows made after it. At each stop the schema is
 * compared, and the rows are.
 *
 * @returns what else there is to say; the database stands above the revision, with the rows that were made
 * @throws TrialFailure when a run fails or leads elsewhere; the database is of no more use
 */
export async function tryRoundTrip(
  { up, down }: Crossing,
  {
    database,
    dialect,
    rows,
  }: { readonly database: TrialDatabase; readonly dialect: Dialect; readonly rows: RoundTripRows },
): Promise<RoundTripFindings> {
  const trial: Trial = { database, dialect, hasRowsFromAbove: false };
  const below = await database.look();
  const make = async (choice: RowChoice, stop: TrialStop, since?: TrialStop): Promise<readonly UnfilledTable[]> =>
    choice === "none"
      ? []
      : database.fill(stop, {
          ...(since && { since }),
          isComplete: choice === "complete" || choice === "former",
          isOdd: choice === "any",
          isFormer: choice === "former",
        });
  const unfilledBelow = await make(rows.below, below);
  const rowsBelow = await database.readRows(below);
  await run(trial, up, "upgrade");
  const ran = database.listRan();
  const above = await database.look();
  const fillAbove = (): Promise<readonly UnfilledTable[]> => make(rows.above, above, below);
  if (!down) return { effects: [], reordered: [], unfilled: await fillAbove(), untried: [], unread: [] };

  await run(trial, down, "downgrade");
  const back = await expectStop(trial, below, "downgrade");
  const changes = compareRows(rowsBelow, await database.readRows(below), { withNumbers: true });
  await run(trial, up, "second upgrade");
  await expectStop(trial, above, "second upgrade");

  const unfilledAbove = await fillAbove();
  const effects = await tryWayBack({ up, down }, { ...trial, hasRowsFromAbove: rows.above !== "none" }, below);
  return {
    effects: [...changes.map((change): RowEffect => ({ ...change, direction: "upgrade" })), ...effects],
    reordered: findReordered(back, below),
    unfilled: [...unfilledBelow, ...unfilledAbove],
    // A table that has got rows above goes down and up with them.
    untried: findUntried(
      [...unfilledBelow.filter(({ table }) => !findTable(above.schema, table)), ...unfilledAbove],
      { below, above },
      ran,
    ),
    unread: database.listUnread(),
  };
}

import { blamesRevision } from "./blames-revision.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { compareRows, type RowChange } from "../rows/compare-rows.ts";
import type { RowSnapshot } from "../rows/read-rows.ts";
import type { LoadedStep } from "../run-context.ts";
import type { TrialDatabase } from "./trial-database.ts";
import { compareStops, type TrialStop } from "./trial-stop.ts";

/** A database at the end of a way, with its rows. */
export interface Arrival {
  readonly stop: TrialStop;
  readonly rows: RowSnapshot;
}

/** A step of a way that failed; what came before it has run. */
export interface Breakdown {
  readonly step: LoadedStep;
  /** How many steps had run. */
  readonly position: number;
  readonly error: LimbeckError;
}

async function readArrival(database: TrialDatabase): Promise<Arrival> {
  const stop = await database.look();
  return { stop, rows: await database.readRows(stop) };
}

/**
 * Runs steps one after the other until one fails.
 *
 * @returns where that led; a breakdown when a step failed as it would on a real database
 */
export async function walkWay(database: TrialDatabase, steps: readonly LoadedStep[]): Promise<Arrival | Breakdown> {
  for (const [position, step] of steps.entries()) {
    try {
      await database.run(step);
    } catch (error) {
      // Who stops the run has not found anything out.
      if (!blamesRevision(error)) throw error;
      return { step, position, error };
    }
  }
  return readArrival(database);
}

/** Whether a way ended before its end. */
export const isBreakdown = (end: Arrival | Breakdown): end is Breakdown => "error" in end;

/** What is not the same at the ends of two ways; both lists are empty when all is. */
export interface ArrivalDifference {
  /** What would have to change to make one schema of the other, one line a change. */
  readonly schema: readonly string[];
  /** The rows; they are compared only where the schema is the same. */
  readonly rows: readonly RowChange[];
}

/** Compares the ends of two ways; the order of columns does not count. */
export function compareArrivals(found: Arrival, expected: Arrival, dialect: Dialect): ArrivalDifference {
  const schema = compareStops(found.stop, expected.stop, dialect);
  return { schema, rows: schema.length > 0 ? [] : compareRows(expected.rows, found.rows) };
}

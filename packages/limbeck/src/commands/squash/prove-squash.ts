import type { Dialect } from "../../dialect/dialect.ts";
import { historyErrors } from "../../kernel/errors/history-errors.ts";
import { describeRowDifference } from "../../kernel/errors/row-difference.ts";
import type { LoadedStep } from "../../runtime/run-context.ts";
import { compareSteadyRows, describeUnsteady } from "../../runtime/rows/steady-rows.ts";
import { compareStops, findReordered } from "../../runtime/trial/trial-stop.ts";
import type { TrialDatabase } from "../../runtime/trial/trial-database.ts";
import type { Crossing } from "../../runtime/trial/try-round-trip.ts";
import { compareArrivals, isBreakdown, walkWay, type Arrival } from "../../runtime/trial/walk-way.ts";
import type { OpenDatabase } from "../proof/proving-ground.ts";
import { reportError } from "../trial/trial-result.ts";
import type { OriginalRun } from "./run-originals.ts";

/** What is to be proven. */
export interface SquashProofRequest {
  readonly dialect: Dialect;
  readonly open: OpenDatabase;
  /** Two runs of what is replaced, so that is known what differs at every run. */
  readonly originals: readonly [OriginalRun, OriginalRun];
  readonly squashed: Crossing;
}

/** What a person should know of a proof. */
export interface SquashProof {
  readonly notes: readonly string[];
  /** What was not compared, so that nothing is known of it, in words. */
  readonly leftOut: readonly string[];
}

/** Two runs of the same, and what was found instead. */
interface Comparison {
  readonly found: Arrival;
  readonly expected: Arrival;
  readonly again: Arrival;
}

/**
 * @returns what could not be compared, in words
 * @throws HistoryError when something else was found than expected, but for what differs between two runs of the same as well
 */
function requireSame(where: string, { found, expected, again }: Comparison, dialect: Dialect): readonly string[] {
  const { schema, rows } = compareArrivals(found, expected, dialect);
  const runs = { found: found.rows, expected: expected.rows, again: again.rows };
  const comparison = rows.length > 0 ? compareSteadyRows(rows, runs) : { rows, unsteady: [] };
  const differences = [...schema, ...comparison.rows.map(describeRowDifference)];
  if (differences.length > 0) throw historyErrors.squashDiffers({ where, differences });
  return describeUnsteady(comparison);
}

async function walk(database: TrialDatabase, step: LoadedStep): Promise<Arrival> {
  const end = await walkWay(database, [step]);
  if (!isBreakdown(end)) return end;
  throw historyErrors.squashFails({ direction: step.code.direction, error: reportError(end.error) }, end.error);
}

async function proveWayBack(
  database: TrialDatabase,
  down: LoadedStep,
  { dialect, originals: [first, second], squashed }: SquashProofRequest,
): Promise<readonly string[]> {
  const below = await walk(database, down);
  const differences = compareStops(below.stop, first.start, dialect);
  if (differences.length > 0) throw historyErrors.squashDiffers({ where: "after its downgrade", differences });
  const leftOut =
    first.below && second.below
      ? requireSame("after its downgrade", { found: below, expected: first.below, again: second.below }, dialect)
      : [];
  const above = await walk(database, squashed.up);
  const later = compareStops(above.stop, first.above.stop, dialect);
  if (later.length > 0) throw historyErrors.squashDiffers({ where: "after its second upgrade", differences: later });
  return leftOut;
}

/**
 * Proves that a squashed revision comes to the same as what it replaces: up, the schema and the rows; down, the schema from below; and up again.
 *
 * @throws HistoryError when it does not
 */
export async function proveSquash(request: SquashProofRequest): Promise<SquashProof> {
  const { dialect, open, originals, squashed } = request;
  const [first, second] = originals;
  const database = await open();
  const above = await walk(database, squashed.up);
  const upgrade = { found: above, expected: first.above, again: second.above };
  const leftOut = requireSame("after its upgrade", upgrade, dialect);
  const below = squashed.down ? await proveWayBack(database, squashed.down, request) : [];
  return {
    notes: findReordered(above.stop, first.above.stop).map((table) => `the columns of ${table} come in another order`),
    leftOut: [...new Set([...first.unread, ...leftOut, ...below])],
  };
}

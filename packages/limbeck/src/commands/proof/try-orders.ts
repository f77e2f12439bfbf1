import type { RevisionGraph } from "../../graph/revision-graph.ts";
import type { RowChange } from "../../runtime/rows/compare-rows.ts";
import { compareSteadyRows, describeUnsteady, type SteadyComparison } from "../../runtime/rows/steady-rows.ts";
import type { TrialDatabase } from "../../runtime/trial/trial-database.ts";
import { findReordered } from "../../runtime/trial/trial-stop.ts";
import { compareArrivals, isBreakdown, walkWay, type Arrival, type Breakdown } from "../../runtime/trial/walk-way.ts";
import type { Environment } from "../environment.ts";
import type { Project } from "../project.ts";
import { loadCrossing } from "../trial/trial-request.ts";
import { reportError, type ErrorReport } from "../trial/trial-result.ts";
import { describeUnread, type OpenDatabase, type ProvingGround } from "./proving-ground.ts";

/** A revision that fails in one of the orders. */
export interface OrderFailure {
  readonly revision: string;
  /** The revisions that had run before it, on top of what all sides build on. */
  readonly after: readonly string[];
  readonly error: ErrorReport;
}

/** How two orders of the same revisions are not the same. */
export interface OrderConflict {
  /** What fails; empty where both orders can be run. */
  readonly failures: readonly OrderFailure[];
  /** What would have to change to make the schema of the second order of that of the first, one line a change. */
  readonly schema: readonly string[];
  /** What is different in the rows of the first order; empty where already the schema differs. */
  readonly rows: readonly RowChange[];
  /** The place of the order that can be run, where only one can. */
  readonly runnable?: 0 | 1;
}

/** What came of running the same revisions in two orders. */
export type OrderAttempt =
  | {
      readonly kind: "same";
      readonly notes: readonly string[];
      /** What could not be compared, in words. */
      readonly leftOut: readonly string[];
    }
  /** What the revisions depend on leaves no choice. */
  | { readonly kind: "oneOrder" }
  | { readonly kind: "conflict"; readonly conflict: OrderConflict }
  /** A revision fails that the order has nothing to do with: it is broken, or it stops at the rows that were made. */
  | { readonly kind: "refusal"; readonly failure: OrderFailure };

/** What is run in which orders, and where. */
export interface OrderTrial {
  readonly environment: Environment;
  readonly project: Project;
  readonly ground: ProvingGround;
  /** The version rows of the databases of the ground. */
  readonly rows: readonly string[];
}

type End = Arrival | Breakdown;

const planIds = (graph: RevisionGraph, rows: readonly string[], order: readonly string[]): readonly string[] =>
  graph.planInOrder(rows, order).steps.map(({ revision }) => revision);

/** A way that was walked, and the database at its end. */
interface Walk {
  readonly end: End;
  readonly database: TrialDatabase;
}

async function walkOrder({ project, rows }: OrderTrial, open: OpenDatabase, order: readonly string[]): Promise<Walk> {
  const { steps } = project.graph.planInOrder(rows, order);
  const crossings = await Promise.all(steps.map((step) => loadCrossing(step, project)));
  const database = await open();
  const ups = crossings.map(({ up }) => up);
  return { database, end: await walkWay(database, ups) };
}

function describeFailure({ step, position, error }: Breakdown, way: readonly string[]): OrderFailure {
  return { revision: step.revision, after: way.slice(0, position), error: reportError(error) };
}

/** Whether a failure says nothing about the order, because the other sides had not begun. */
function isAlone({ revision, after }: OrderFailure, sides: readonly (readonly string[])[]): boolean {
  const touched = new Set([...after, revision]);
  return sides.filter((side) => side.some((one) => touched.has(one))).length < 2;
}

function judgeFailures(
  ends: readonly [End, End],
  ways: readonly [readonly string[], readonly string[]],
  sides: readonly (readonly string[])[],
): OrderAttempt {
  const [first, second] = ends.map((end, index) =>
    isBreakdown(end) ? describeFailure(end, ways[index] ?? []) : undefined,
  );
  const failures = [first, second].filter((failure) => failure !== undefined);
  const alone = failures.find((failure) => isAlone(failure, sides));
  if (alone) return { kind: "refusal", failure: alone };
  if (first && first.revision === second?.revision) return { kind: "refusal", failure: first };
  const runnable = first && second ? {} : { runnable: first ? (1 as const) : (0 as const) };
  return { kind: "conflict", conflict: { failures, schema: [], rows: [], ...runnable } };
}

/** Row differences that the order makes, and what is another one each time in the same order. */
async function findRowDifferences(
  trial: OrderTrial,
  open: OpenDatabase,
  order: readonly string[],
  [first, second]: readonly [Arrival, Arrival],
): Promise<SteadyComparison> {
  const { dialect } = trial.environment;
  const { rows } = compareArrivals(first, second, dialect);
  if (rows.length === 0) return { rows, unsteady: [] };
  // Clocks and random values differ from run to run, whatever the order.
  const { end: again } = await walkOrder(trial, open, order);
  if (isBreakdown(again)) return { rows, unsteady: [] };
  return compareSteadyRows(rows, { found: second.rows, expected: first.rows, again: again.rows });
}

async function compareOrders(
  trial: OrderTrial,
  open: OpenDatabase,
  sides: readonly (readonly string[])[],
): Promise<OrderAttempt> {
  const { project, rows: start, environment } = trial;
  const orders = [sides.flat(), sides.toReversed().flat()] as const;
  const ways = [planIds(project.graph, start, orders[0]), planIds(project.graph, start, orders[1])] as const;
  if (ways[0].join() === ways[1].join()) return { kind: "oneOrder" };
  const walks = [await walkOrder(trial, open, orders[0]), await walkOrder(trial, open, orders[1])] as const;
  const [{ end: first }, { end: second }] = walks;
  if (isBreakdown(first) || isBreakdown(second)) return judgeFailures([first, second], ways, sides);
  const { schema } = compareArrivals(first, second, environment.dialect);
  if (schema.length > 0) return { kind: "conflict", conflict: { failures: [], schema, rows: [] } };
  const comparison = await findRowDifferences(trial, open, orders[0], [first, second]);
  const { rows } = comparison;
  if (rows.length > 0) return { kind: "conflict", conflict: { failures: [], schema, rows } };
  return {
    kind: "same",
    notes: findReordered(first.stop, second.stop).map(
      (table) => `the columns of ${table} stand in the order in which the revisions run`,
    ),
    leftOut: [...describeUnsteady(comparison), ...new Set(walks.flatMap(({ database }) => describeUnread(database)))],
  };
}

/**
 * Runs the same revisions in two orders, one side after the other and the other way round, and compares what both lead to.
 *
 * @param sides in the order of the first way; the second way takes them from the end
 */
export async function tryOrders(trial: OrderTrial, sides: readonly (readonly string[])[]): Promise<OrderAttempt> {
  return trial.ground.session((open) => compareOrders(trial, open, sides));
}

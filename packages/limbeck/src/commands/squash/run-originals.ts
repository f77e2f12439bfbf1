import type { Operation } from "../../ops/operation.ts";
import type { RunEvent } from "../../runtime/run-context.ts";
import type { TrialDatabase } from "../../runtime/trial/trial-database.ts";
import type { Crossing } from "../../runtime/trial/try-round-trip.ts";
import type { TrialStop } from "../../runtime/trial/trial-stop.ts";
import { isBreakdown, walkWay, type Arrival } from "../../runtime/trial/walk-way.ts";
import { describeUnread, type OpenDatabase } from "../proof/proving-ground.ts";
import type { Refusal } from "../proof/try-poorer-rows.ts";
import { reportError } from "../trial/trial-result.ts";

/** What one revision did in one direction. */
export interface RecordedRun {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
  readonly operations: readonly Operation[];
  /** Whether it read rows. */
  readonly hasRead: boolean;
}

/** What came of running the revisions of a range up, and down again. */
export interface OriginalRun {
  /** In the order in which they ran. */
  readonly recorded: readonly RecordedRun[];
  readonly start: TrialStop;
  readonly above: Arrival;
  /** Undefined where one of them has no way back. */
  readonly below: Arrival | undefined;
  /** What holds rows that could not be read, in words. */
  readonly unread: readonly string[];
}

/** Takes note of what revisions do. */
function createRecorder(): { readonly hear: (event: RunEvent) => void; readonly list: () => readonly RecordedRun[] } {
  const runs: { revision: string; direction: RecordedRun["direction"]; operations: Operation[]; hasRead: boolean }[] =
    [];
  return {
    list: () => runs,
    hear: (event) => {
      if (event.kind === "stepStarted") {
        const { revision, direction } = event.step.code;
        runs.push({ revision, direction, operations: [], hasRead: false });
      }
      const run = runs.at(-1);
      if (!run) return;
      if (event.kind === "operation") run.operations.push(event.operation);
      if (event.kind === "query") run.hasRead = true;
    },
  };
}

/** The ways back, the last revision first; undefined where one has none. */
function listWaysBack(crossings: readonly Crossing[]): readonly NonNullable<Crossing["down"]>[] | undefined {
  const ways = crossings.toReversed().flatMap(({ down }) => down ?? []);
  return ways.length === crossings.length ? ways : undefined;
}

async function walkThere(
  database: TrialDatabase,
  crossings: readonly Crossing[],
): Promise<Omit<OriginalRun, "recorded" | "unread"> | { readonly refusal: Refusal }> {
  const start = await database.look();
  const above = await walkWay(
    database,
    crossings.map(({ up }) => up),
  );
  if (isBreakdown(above)) return { refusal: { revision: above.step.revision, error: reportError(above.error) } };
  const ways = listWaysBack(crossings);
  if (!ways) return { start, above, below: undefined };
  const below = await walkWay(database, ways);
  if (isBreakdown(below)) return { refusal: { revision: below.step.revision, error: reportError(below.error) } };
  return { start, above, below };
}

/**
 * Runs the revisions of a range up and down, and takes note of all that they do.
 *
 * @returns the revision that stopped, if one did
 */
export async function runOriginals(
  open: OpenDatabase,
  crossings: readonly Crossing[],
): Promise<OriginalRun | { readonly refusal: Refusal }> {
  const { hear, list } = createRecorder();
  const database = await open(hear);
  const ends = await walkThere(database, crossings);
  return "refusal" in ends ? ends : { ...ends, recorded: list(), unread: describeUnread(database) };
}

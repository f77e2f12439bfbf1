import type { PlanStep, RevisionPlan } from "../../graph/revision-plan.ts";
import { invertVersionRows } from "../../graph/invert-version-rows.ts";
import type { Crossing } from "../../runtime/trial/try-round-trip.ts";
import type { ValueSource } from "../../runtime/trial/trial-database.ts";
import type { Environment } from "../environment.ts";
import type { Project } from "../project.ts";
import type { TrialData } from "./trial-result.ts";

/** What a test is about. */
export interface TrialRequest {
  readonly environment: Environment;
  readonly project: Project;
  /** The revisions that are to be tried. */
  readonly selected: ReadonlySet<string>;
  readonly values: ValueSource;
  /** Hears of each revision before it is tried. */
  readonly onStart: (revision: string, data: TrialData) => void;
}

/** The way up to some revisions, without those that cannot be reached. */
export function planTrial(
  { project: { graph }, selected }: TrialRequest,
  current: readonly string[],
  excluded: ReadonlySet<string> = new Set(),
): RevisionPlan {
  const wanted = new Set(graph.ancestors([...selected]).filter((revision) => !excluded.has(revision)));
  const isTop = (revision: string): boolean => {
    const { children, dependents } = graph.get(revision);
    return ![...children, ...dependents].some((above) => wanted.has(above));
  };
  return graph.planUpgrade(current, [...wanted].filter(isTop));
}

/**
 * Loads both directions of a step; the way back takes exactly its row changes back.
 *
 * @throws ScriptError when the file cannot be loaded
 */
export async function loadCrossing(step: PlanStep, project: Project): Promise<Crossing> {
  const { path, message } = project.requireFile(step.revision);
  const { revision } = step;
  const { upgrade, downgrade, transactional, checksum } = await project.load(revision);
  const inverse = invertVersionRows(step.versionRows);
  const [upRows, downRows] = step.direction === "up" ? [step.versionRows, inverse] : [inverse, step.versionRows];
  return {
    up: {
      revision,
      message,
      checksum,
      direction: "up",
      versionRows: upRows,
      code: { revision, direction: "upgrade", path, run: upgrade, transactional },
    },
    down: downgrade && {
      revision,
      message,
      checksum,
      direction: "down",
      versionRows: downRows,
      code: { revision, direction: "downgrade", path, run: downgrade, transactional },
    },
  };
}

import { join } from "node:path";
import { LimbeckError } from "limbeck";
import { finding, type Check, type Exercise, type Finding } from "./exercise.ts";
import { createLearner, type Learner, type LearnerPlace } from "./learner.ts";

/** How a check ended; those behind the first that failed wait for it. */
export interface CheckResult {
  readonly title: string;
  readonly state: "passed" | "failed" | "waiting";
  readonly finding?: Finding;
}

/** How an exercise stands. */
export interface Examination {
  readonly exercise: string;
  readonly isSolved: boolean;
  readonly checks: readonly CheckResult[];
  /** What is wrong first; absent when nothing is. */
  readonly finding?: Finding;
}

/** What Limbeck itself has to say of the project is a finding like any other; so is what a driver says, as learners get into states that nobody has thought of. */
function toFinding(error: unknown): Finding {
  if (!(error instanceof LimbeckError)) {
    const problem = error instanceof Error ? error.message : String(error);
    return finding("unexpected", `The check could not be done: ${problem}`, "limbeck learn undo");
  }
  const because = [error.title, error.why].filter(Boolean).join(" ");
  return finding(error.reason, because, error.fix[0] ?? `limbeck explain ${error.code}`);
}

const tryCheck = ({ find }: Check, learner: Learner): Promise<Finding | undefined> => find(learner).catch(toFinding);

/** What there is to say of an exercise that cannot be looked at. */
export function failExamination(exercise: Exercise, error: unknown): Examination {
  const found = toFinding(error);
  const checks = exercise.checks.map(({ title }, index): CheckResult =>
    index === 0 ? { title, state: "failed", finding: found } : { title, state: "waiting" },
  );
  return { exercise: exercise.id, isSolved: false, checks, finding: found };
}

/**
 * Checks an exercise.
 *
 * @param place `folder` is that of the learner's project
 */
export async function examine(exercise: Exercise, place: Omit<LearnerPlace, "exercise">): Promise<Examination> {
  const folder = join(place.folder, exercise.folder ?? "");
  const learner = createLearner({ ...place, exercise: exercise.id, folder });
  const checks: CheckResult[] = [];
  let found: Finding | undefined;
  try {
    for (const check of exercise.checks) {
      const { title } = check;
      if (found) {
        checks.push({ title, state: "waiting" });
        continue;
      }
      found = await tryCheck(check, learner);
      checks.push(found ? { title, state: "failed", finding: found } : { title, state: "passed" });
    }
  } finally {
    await learner.close();
  }
  return { exercise: exercise.id, isSolved: found === undefined, checks, ...(found && { finding: found }) };
}

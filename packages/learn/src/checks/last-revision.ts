import { finding, type Finding } from "../exercise.ts";
import type { Learner } from "../learner.ts";
import { listRevisions, type FoundRevision } from "./project-checks.ts";

/** The newest revision, and the one below it. */
export interface LastRevision {
  readonly last: FoundRevision;
  readonly below: FoundRevision;
}

/**
 * Finds the revision that an exercise is about.
 *
 * @param message a part of its message
 */
export async function findLastRevision(learner: Learner, message: string): Promise<LastRevision | Finding> {
  const revisions = await listRevisions(await learner.open());
  const [below, last] = revisions.slice(-2);
  if (!below || !last?.message.includes(message))
    return finding(
      "no-revision-yet",
      `The newest revision is "${last?.message ?? "none"}", and says nothing of ${message}.`,
      `limbeck revision --autogenerate -m "... ${message} ..."`,
    );
  return { last, below };
}

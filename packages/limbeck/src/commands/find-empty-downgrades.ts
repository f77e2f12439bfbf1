import type { LoadedStep } from "../runtime/run-context.ts";
import { isEmptyBody } from "../scripts/is-empty-body.ts";
import type { Project } from "./project.ts";

/** The revisions among those that are taken back whose downgrade is empty while their upgrade is not, so that what that did stays. */
export async function findEmptyDowngrades(steps: readonly LoadedStep[], project: Project): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { direction, revision, code } of steps) {
    if (direction === "down" && isEmptyBody(code.run) && !isEmptyBody((await project.load(revision)).upgrade))
      found.push(revision);
  }
  return found;
}

import { graphErrors } from "../kernel/errors/graph-errors.ts";
import type { GraphCore, GraphNode } from "./revision-node.ts";

/** A place to stand: a revision, or `base`, which is below all of them. */
export type Place = GraphNode | "base";

/** How to walk. */
export interface Walk {
  /** The target as it was written, for messages. */
  readonly text: string;
  /** Steps up, or down when negative. */
  readonly steps: number;
  /** Going up, only these revisions count; undefined for all. */
  readonly within?: ReadonlySet<GraphNode> | undefined;
}

/** Where a walk ended, and how many of its steps it could take. */
export interface WalkEnd {
  readonly place: Place;
  readonly taken: number;
}

function listNext(core: GraphCore, place: Place, { steps, within }: Walk): readonly Place[] {
  if (steps < 0) {
    if (place === "base") return [];
    return place.parents.length === 0 ? ["base"] : place.parents;
  }
  const above = place === "base" ? core.bases : place.children;
  return within ? above.filter((node) => within.has(node)) : above;
}

/**
 * Walks along parents and children, dependencies not counted, as far as the graph goes.
 *
 * @throws GraphError when the way forks before the steps are used up
 */
export function walk(core: GraphCore, start: Place, way: Walk): WalkEnd {
  let place = start;
  const wanted = Math.abs(way.steps);
  for (let taken = 0; taken < wanted; taken++) {
    const [next, ...others] = listNext(core, place, way);
    if (next === undefined) return { place, taken };
    if (others.length > 0) {
      const choices = [next, ...others].flatMap((choice) => (choice === "base" ? [] : [choice.id]));
      const left = wanted - taken - 1;
      const instead = choices.map((choice) => {
        if (left === 0) return choice;
        // Down a line of its own: what else builds on a revision of it is to stay.
        return way.steps < 0 ? `${choice}@${choice}-${left}` : `${choice}+${left}`;
      });
      throw graphErrors.ambiguousWalk({ target: way.text, at: place === "base" ? "base" : place.id, choices, instead });
    }
    place = next;
  }
  return { place, taken: wanted };
}

/**
 * Walks all the steps, or not at all.
 *
 * @throws GraphError when the way forks, or the graph ends before the steps are used up
 */
export function walkExactly(core: GraphCore, start: Place, way: Walk): Place {
  const { place, taken } = walk(core, start, way);
  if (taken < Math.abs(way.steps)) {
    throw graphErrors.walkedTooFar({ target: way.text, wanted: Math.abs(way.steps), possible: taken });
  }
  return place;
}

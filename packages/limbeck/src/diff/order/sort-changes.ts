import type { Operation } from "../../ops/operation.ts";
import type { Effects } from "./effect-context.ts";
import { isSoft } from "./things.ts";

/** Operations that stay together, with what order depends on. */
export interface Change {
  readonly operations: readonly Operation[];
  readonly effects: readonly Effects[];
  /** Where it stands when nothing says otherwise; lower comes first. */
  readonly rank: number;
}

/** The order that was found, and the circles that had to be broken for it. */
export interface SortResult {
  readonly changes: readonly Change[];
  readonly circles: readonly (readonly Change[])[];
}

type Side = keyof Effects;

const PRECEDENCE: readonly (readonly [first: Side, second: Side])[] = [
  ["creates", "requires"],
  ["releases", "destroys"],
  ["destroys", "creates"],
];

/** For each position the positions it waits for, and whether it would rather wait or has to. */
type Waits = readonly Map<number, "soft" | "hard">[];

type ThingIndex = ReadonlyMap<string, readonly number[]>;

/** The positions of the changes that name each thing on a side, in order, each once. */
function indexThings(changes: readonly Change[], side: Side): ThingIndex {
  const byThing = new Map<string, number[]>();
  for (const [position, { effects }] of changes.entries()) {
    for (const one of effects) {
      for (const thing of one[side] ?? []) {
        const positions = byThing.get(thing);
        if (positions === undefined) byThing.set(thing, [position]);
        else if (positions.at(-1) !== position) positions.push(position);
      }
    }
  }
  return byThing;
}

function findWaits(changes: readonly Change[]): Waits {
  const waits = changes.map(() => new Map<number, "soft" | "hard">());
  const sides: Readonly<Record<Side, ThingIndex>> = {
    creates: indexThings(changes, "creates"),
    requires: indexThings(changes, "requires"),
    releases: indexThings(changes, "releases"),
    destroys: indexThings(changes, "destroys"),
  };
  for (const [first, second] of PRECEDENCE) {
    const firsts = sides[first];
    for (const [thing, seconds] of sides[second]) {
      for (const after of seconds) {
        for (const before of firsts.get(thing) ?? []) {
          const known = waits[after]?.get(before);
          if (before !== after && known !== "hard") waits[after]?.set(before, isSoft(thing) ? "soft" : "hard");
        }
      }
    }
  }
  return waits;
}

/**
 * Follows what waits for what until something comes up twice: each of the circle waits for the next, the last for the first.
 *
 * @param safe what is known to lead into no circle; more is added
 */
function findCircle(waits: Waits, start: number, safe: Set<number>): readonly number[] | undefined {
  const path = new Set([start]);
  for (let position: number | undefined = start; position !== undefined;) {
    const next: number | undefined = waits[position]?.keys().find((one) => !safe.has(one));
    if (next === undefined) {
      safe.add(position);
      path.delete(position);
      position = [...path].at(-1);
    } else if (path.has(next)) {
      return [...path].slice([...path].indexOf(next));
    } else {
      path.add(next);
      position = next;
    }
  }
  return undefined;
}

/** Gives up one wait in a circle, the first that may be given up; false when none may and one was given up all the same. */
function openCircle(waits: Waits, circle: readonly number[]): boolean {
  const steps = circle.map((position, step) => [position, circle[(step + 1) % circle.length] ?? position] as const);
  const soft = steps.find(([position, next]) => waits[position]?.get(next) === "soft");
  const first = steps.toSorted(([a], [b]) => a - b)[0];
  const [position, next] = soft ?? first ?? [0, 0];
  waits[position]?.delete(next);
  return soft !== undefined;
}

/** Opens all circles, and gives those in which nothing may be given up. */
function openCircles(waits: Waits): readonly (readonly number[])[] {
  const safe = new Set<number>();
  const circles: (readonly number[])[] = [];
  for (const start of waits.keys()) {
    for (let circle = findCircle(waits, start, safe); circle; circle = findCircle(waits, start, safe)) {
      if (!openCircle(waits, circle)) circles.push(circle);
    }
  }
  return circles;
}

/** The positions in an order in which none comes before what it waits for, lower ones first; there are no circles. */
function drain(waits: Waits): readonly number[] {
  const followers = waits.map((): number[] => []);
  for (const [after, befores] of waits.entries()) for (const before of befores.keys()) followers[before]?.push(after);
  const ready = [...waits.keys()].filter((position) => waits[position]?.size === 0);
  const drained: number[] = [];
  for (let position = ready.shift(); position !== undefined; position = ready.shift()) {
    drained.push(position);
    for (const follower of followers[position] ?? []) {
      waits[follower]?.delete(position);
      if (waits[follower]?.size !== 0) continue;
      const place = ready.findIndex((other) => other > follower);
      ready.splice(place < 0 ? ready.length : place, 0, follower);
    }
  }
  return drained;
}

/**
 * Puts changes into an order in which everything is there when it is needed. Of several orders it takes the one that
 * keeps to ranks, and within a rank to the order given, so that the same changes always come out the same.
 */
export function sortChanges(unsorted: readonly Change[]): SortResult {
  const changes = unsorted.toSorted((a, b) => a.rank - b.rank);
  const waits = findWaits(changes);
  const pick = (positions: readonly number[]): readonly Change[] => positions.flatMap((one) => changes[one] ?? []);
  // Circles first: what only waits for one would otherwise be overtaken by everything of a later rank.
  const circles = openCircles(waits).map(pick);
  return { changes: pick(drain(waits)), circles };
}

import type { Operation } from "../../ops/operation.ts";
import { isSoft, type Effects } from "./effects.ts";

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

function indexThings(changes: readonly Change[], side: Side): ReadonlyMap<string, ReadonlySet<number>> {
  const byThing = new Map<string, Set<number>>();
  for (const [position, { effects }] of changes.entries()) {
    for (const thing of effects.flatMap((one) => one[side] ?? [])) {
      const positions = byThing.get(thing);
      if (positions) positions.add(position);
      else byThing.set(thing, new Set([position]));
    }
  }
  return byThing;
}

function findWaits(changes: readonly Change[]): Waits {
  const waits = changes.map(() => new Map<number, "soft" | "hard">());
  for (const [first, second] of PRECEDENCE) {
    const firsts = indexThings(changes, first);
    for (const [thing, seconds] of indexThings(changes, second)) {
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

/** Follows what waits for what until something comes up twice. */
function findCircle(waits: Waits, start: number): readonly number[] {
  const path: number[] = [];
  let position = start;
  while (!path.includes(position)) {
    path.push(position);
    position = Math.min(...(waits[position]?.keys() ?? []));
  }
  return path.slice(path.indexOf(position));
}

/** Gives up the first wait in a circle that may be given up; false when there is none. */
function giveUpSoftWait(waits: Waits, circle: readonly number[]): boolean {
  for (const [step, position] of circle.entries()) {
    const next = circle[(step + 1) % circle.length] ?? position;
    if (waits[position]?.get(next) === "soft") return waits[position].delete(next);
  }
  return false;
}

/**
 * Puts changes into an order in which everything is there when it is needed. Of several orders it takes the one that
 * keeps to ranks, and within a rank to the order given, so that the same changes always come out the same.
 */
export function sortChanges(unsorted: readonly Change[]): SortResult {
  const changes = unsorted.toSorted((a, b) => a.rank - b.rank);
  const waits = findWaits(changes);
  const followers = changes.map((): number[] => []);
  for (const [after, befores] of waits.entries()) for (const before of befores.keys()) followers[before]?.push(after);

  const waiting = new Set(changes.keys());
  const ready = [...waiting].filter((position) => waits[position]?.size === 0);
  const sorted: Change[] = [];
  const circles: (readonly Change[])[] = [];
  const release = (position: number): void => {
    if (waits[position]?.size !== 0) return;
    const place = ready.findIndex((other) => other > position);
    ready.splice(place < 0 ? ready.length : place, 0, position);
  };
  while (waiting.size > 0) {
    const position = ready.shift();
    if (position === undefined) {
      const circle = findCircle(waits, Math.min(...waiting));
      if (!giveUpSoftWait(waits, circle)) {
        circles.push(circle.flatMap((one) => changes[one] ?? []));
        waits[Math.min(...circle)]?.clear();
      }
      for (const one of circle) release(one);
      continue;
    }
    const change = changes[position];
    if (change) sorted.push(change);
    waiting.delete(position);
    for (const follower of followers[position] ?? []) if (waits[follower]?.delete(position)) release(follower);
  }
  return { changes: sorted, circles };
}

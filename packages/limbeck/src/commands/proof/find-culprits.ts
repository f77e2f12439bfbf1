import { tryOrders, type OrderConflict, type OrderTrial } from "./try-orders.ts";

/** The two revisions that do not go together, one of each side, and what comes of it. */
export interface Culprits {
  readonly revisions: readonly [string, string];
  readonly conflict: OrderConflict;
}

/**
 * Searches a number from 1 to `end` with which something is so that is not so with the number before it.
 *
 * @param isSo true for `end`, false for 0
 */
async function findTurn(end: number, isSo: (number: number) => Promise<boolean>): Promise<number> {
  let [below, above] = [0, end];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (await isSo(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/**
 * Finds out which revision of the one side does not go together with which one of the other.
 *
 * @param sides that are known not to go together
 * @returns undefined when the search leads nowhere, which is so when the conflict comes and goes
 */
export async function findCulprits(
  trial: OrderTrial,
  [first, second]: readonly [readonly string[], readonly string[]],
): Promise<Culprits | undefined> {
  const isConflict = async (upTo: number, otherUpTo: number): Promise<boolean> =>
    (await tryOrders(trial, [first.slice(0, upTo), second.slice(0, otherUpTo)])).kind === "conflict";
  const upTo = await findTurn(first.length, (number) => isConflict(number, second.length));
  const otherUpTo = await findTurn(second.length, (number) => isConflict(upTo, number));
  const attempt = await tryOrders(trial, [first.slice(0, upTo), second.slice(0, otherUpTo)]);
  const [one, other] = [first[upTo - 1], second[otherUpTo - 1]];
  if (attempt.kind !== "conflict" || one === undefined || other === undefined) return undefined;
  return { revisions: [one, other], conflict: attempt.conflict };
}

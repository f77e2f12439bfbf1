/** Gives a number from 0 up to 1, exclusive, at each call. */
export type Random = () => number;

/**
 * A source of random numbers that gives the same ones for the same seed (Mulberry32).
 *
 * @param seed a whole number
 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One element of a list; undefined when it is empty. */
export function pickOne<Element>(list: readonly Element[], random: Random): Element | undefined {
  return list[Math.floor(random() * list.length)];
}

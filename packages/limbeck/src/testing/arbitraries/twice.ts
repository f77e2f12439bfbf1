import { nat, oneof, record, tuple, type Arbitrary } from "fast-check";

/** A value before and after something may have changed. */
export type Twice<Value> = readonly [before: Value, after: Value];

/**
 * A value that mostly stays what it is: one that is drawn anew too often leaves nothing in common.
 *
 * @param steadiness how many times as often it stays as it is drawn anew
 */
export function twice<Value>(arbitrary: Arbitrary<Value>, steadiness: number): Arbitrary<Twice<Value>> {
  return oneof(
    { weight: steadiness, arbitrary: arbitrary.map((value): Twice<Value> => [value, value]) },
    { weight: 1, arbitrary: tuple(arbitrary, arbitrary) },
  );
}

/** How likely a thing is there, in tenths, and how steadily it stays. */
export interface Presence {
  readonly tenths: number;
  readonly steadiness: number;
}

/** A thing that is there before, after, or both times. */
export function maybeTwice<Value>(
  arbitrary: Arbitrary<Twice<Value>>,
  { tenths, steadiness }: Presence,
): Arbitrary<Twice<Value | undefined>> {
  const isThere = nat({ max: 9 }).map((drawn) => drawn >= 10 - tenths);
  return tuple(arbitrary, twice(isThere, steadiness)).map(([[before, after], [wasThere, isStillThere]]) => [
    wasThere ? before : undefined,
    isStillThere ? after : undefined,
  ]);
}

/** A record of things of which each may change by itself. */
export function twiceRecord<Value extends object>(arbitraries: {
  readonly [Key in keyof Value]: Arbitrary<Twice<Value[Key]>>;
}): Arbitrary<Twice<Value>> {
  return record<Record<string, Twice<unknown>>>(arbitraries).map((drawn) => {
    const side = (index: 0 | 1): Value =>
      // The keys and the types of their values are those of the record that came in.
      Object.fromEntries(Object.entries(drawn).map(([key, pair]) => [key, pair[index]])) as Value;
    return [side(0), side(1)];
  });
}

/** A list with one place for each arbitrary, empty where nothing was drawn. */
export function twiceList<Value>(
  arbitraries: readonly Arbitrary<Twice<Value | undefined>>[],
): Arbitrary<Twice<readonly (Value | undefined)[]>> {
  return tuple(...arbitraries).map((drawn) => [drawn.map(([before]) => before), drawn.map(([, after]) => after)]);
}

import type { Sequence } from "../../../schema/model/sequence.ts";

/** The largest number of each type. */
const LARGEST = { smallint: 32_767n, integer: 2_147_483_647n, bigint: 9_223_372_036_854_775_807n } as const;

/** The numbers that a sequence may stand at, both ends among them. */
export interface SequenceRange {
  readonly least: bigint;
  readonly most: bigint;
}

const isDown = ({ increment }: Sequence): boolean => increment?.startsWith("-") === true;

/** The bounds of a sequence, said or not. https://www.postgresql.org/docs/current/sql-createsequence.html */
export function findRange(sequence: Sequence): SequenceRange {
  const { type = "bigint", minimum, maximum } = sequence;
  const largest = LARGEST[type];
  const [least, most] = isDown(sequence) ? [-largest - 1n, -1n] : [1n, largest];
  return {
    least: minimum === undefined ? least : BigInt(minimum),
    most: maximum === undefined ? most : BigInt(maximum),
  };
}

/** Where a sequence begins: at the bound that it moves away from, where nothing is said. */
export function findStart(sequence: Sequence): bigint {
  const { least, most } = findRange(sequence);
  if (sequence.start !== undefined) return BigInt(sequence.start);
  return isDown(sequence) ? most : least;
}

/** Whether a sequence may stand at a number. */
export const isWithin = (number: bigint, { least, most }: SequenceRange): boolean => number >= least && number <= most;

/** A number that both ranges have, as near as can be to a wanted one; undefined where there is none. */
export function findCommon(a: SequenceRange, b: SequenceRange, wanted: bigint): bigint | undefined {
  const least = a.least > b.least ? a.least : b.least;
  const most = a.most < b.most ? a.most : b.most;
  if (least > most) return undefined;
  if (wanted < least) return least;
  return wanted > most ? most : wanted;
}

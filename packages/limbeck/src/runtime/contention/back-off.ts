const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

/**
 * How long to wait before another try, in milliseconds: twice as long each time, up to half a minute, and up to a half less than that by chance, so that several runs
 * do not come back at the same moment.
 *
 * @param attempt how many tries have failed, from 1
 * @param random from 0 to 1
 */
export function choosePause(attempt: number, random: number): number {
  const longest = Math.min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE);
  return Math.round(longest * (1 - random / 2));
}

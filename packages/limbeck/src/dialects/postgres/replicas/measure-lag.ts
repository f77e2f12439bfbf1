/** How far the log had come at a moment. */
export interface LogMark {
  /** Milliseconds on a steady clock. */
  readonly at: number;
  /** The place in the log, in bytes. */
  readonly position: bigint;
}

const MILLISECONDS = 1000;

/** The marks with one more, without those that everybody is past. */
export function addMark(marks: readonly LogMark[], mark: LogMark, slowest: bigint): readonly LogMark[] {
  const left = marks.filter(({ position }) => position > slowest);
  // The first moment at which the log was there is the one that counts.
  return left.at(-1)?.position === mark.position ? left : [...left, mark];
}

/**
 * By how many seconds a replica is behind: since when it lacks what the log had. The server's own `replay_lag` says what was before the first mark; by itself it would not do, because it is
 * NULL on a server at rest, and stays what it was while a replica hangs.
 *
 * @param told `replay_lag` in seconds, where the server gives one
 */
export function measureLag(
  marks: readonly LogMark[],
  { replayed, position, now, told }: ReplicaPlace & { readonly now: number },
): number {
  if (replayed >= position) return 0;
  const missing = marks.find((mark) => mark.position > replayed);
  return Math.max(missing ? (now - missing.at) / MILLISECONDS : 0, told ?? 0);
}

/** Where a replica is. */
export interface ReplicaPlace {
  /** How far it has come. */
  readonly replayed: bigint;
  /** How far the log has. */
  readonly position: bigint;
  readonly told: number | undefined;
}

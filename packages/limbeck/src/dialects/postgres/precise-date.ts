/**
 * A moment to the microsecond, where a Date alone would lose its last three digits: it is a Date, and goes back to the server as it came. What a moment
 * without such digits needs, a plain Date holds.
 */
export class PreciseDate extends Date {
  /** The microseconds behind the milliseconds, from 1 to 999. */
  readonly microseconds: number;

  constructor(milliseconds: number, microseconds: number) {
    super(milliseconds);
    this.microseconds = microseconds;
  }
}

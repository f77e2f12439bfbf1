import { describe, expect, it } from "vitest";
import { addMark, measureLag, type LogMark } from "./measure-lag.ts";

const MARKS: readonly LogMark[] = [
  { at: 1000, position: 10n },
  { at: 2000, position: 20n },
  { at: 3000, position: 30n },
];

const lag = (replayed: bigint, told?: number, now = 4000): number =>
  measureLag(MARKS, { replayed, position: 30n, now, told });

describe("how far a replica is behind", () => {
  it("is the age of the first thing that it lacks", () => {
    expect([lag(0n), lag(10n), lag(15n), lag(20n)]).toEqual([3, 2, 2, 1]);
  });

  it("is nothing when it lacks nothing, whatever the server still says", () => {
    expect([lag(30n), lag(31n, 50)]).toEqual([0, 0]);
  });

  it("grows while a replica hangs, although the server says the same as before, or nothing", () => {
    expect([lag(10n, 0.1, 9000), lag(10n, undefined, 9000)]).toEqual([7, 7]);
  });

  it("is what the server says where that is more: from before the first mark", () => {
    expect(lag(0n, 60)).toBe(60);
    expect(measureLag([], { replayed: 0n, position: 5n, now: 1, told: undefined })).toBe(0);
  });

  it("goes by the first moment at which the log was there", () => {
    expect(addMark(MARKS, { at: 5000, position: 30n }, 0n)).toEqual(MARKS);
    expect(addMark(MARKS, { at: 5000, position: 40n }, 20n)).toEqual([MARKS[2], { at: 5000, position: 40n }]);
    expect(addMark([], { at: 1, position: 5n }, 5n)).toEqual([{ at: 1, position: 5n }]);
  });
});

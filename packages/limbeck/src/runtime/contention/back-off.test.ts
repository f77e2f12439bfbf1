import { describe, expect, it } from "vitest";
import { choosePause } from "./back-off.ts";

describe("the pause before another try", () => {
  it("doubles up to half a minute", () => {
    expect([1, 2, 3, 5, 6, 9, 400].map((attempt) => choosePause(attempt, 0))).toEqual([
      1000, 2000, 4000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });

  it("is up to a half shorter by chance", () => {
    expect(choosePause(2, 1)).toBe(1000);
    expect(choosePause(2, 0.5)).toBe(1500);
  });
});

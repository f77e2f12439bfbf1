import { describe, expect, it } from "vitest";
import { waitFor } from "./wait-for.ts";

describe("waitFor", () => {
  it("tries once when there is no time", async () => {
    let attempts = 0;
    const waited = await waitFor(() => {
      attempts += 1;
      return false;
    }, 0);
    expect(attempts).toBe(1);
    expect(waited).toBeGreaterThanOrEqual(0);
    expect(await waitFor(() => true, 0)).toBeUndefined();
  });

  it("tries again until it works, or time is up and no longer", async () => {
    let attempts = 0;
    expect(await waitFor(() => (attempts += 1) === 3, 10_000)).toBeUndefined();
    expect(attempts).toBe(3);
    expect(await waitFor(() => false, 25)).toBeGreaterThanOrEqual(25);
  });
});

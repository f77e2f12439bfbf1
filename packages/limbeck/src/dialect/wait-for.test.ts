import { describe, expect, it } from "vitest";
import { waitFor } from "./wait-for.ts";

describe("waitFor", () => {
  it("tries once when there is no time", async () => {
    let attempts = 0;
    const attempt = (): boolean => (attempts += 1) === 0;
    expect(await waitFor(attempt, { timeout: 0 })).toMatchObject({ outcome: "timedOut" });
    expect(attempts).toBe(1);
    expect(await waitFor(() => true, { timeout: 0 })).toMatchObject({ outcome: "done" });
  });

  it("tries again until it works, or time is up and no longer", async () => {
    let attempts = 0;
    expect(await waitFor(() => (attempts += 1) === 3, { timeout: 10_000 })).toMatchObject({ outcome: "done" });
    expect(attempts).toBe(3);
    const { outcome, waited } = await waitFor(() => false, { timeout: 25 });
    expect(outcome).toBe("timedOut");
    expect(waited).toBeGreaterThanOrEqual(25);
  });

  it("ends at once when it is stopped, in the middle of a pause too", async () => {
    const controller = new AbortController();
    const waiting = waitFor(() => false, { timeout: 60_000, signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    const { outcome, waited } = await waiting;
    expect(outcome).toBe("stopped");
    expect(waited).toBeLessThan(2000);
  });

  it("tells once, and not before a person would wonder", async () => {
    let told = 0;
    const onWait = (): void => void (told += 1);
    await waitFor(() => false, { timeout: 100, onWait });
    expect(told).toBe(0);
    await waitFor(() => false, { timeout: 2600, onWait });
    expect(told).toBe(1);
  });
});

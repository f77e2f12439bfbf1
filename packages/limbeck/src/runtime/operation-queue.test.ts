import { describe, expect, it } from "vitest";
import { createOperationQueue } from "./operation-queue.ts";

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const newQueue = () => createOperationQueue(() => new Error("too late"));

describe("the operation queue", () => {
  it("runs work in the order of the calls although nobody awaits it", async () => {
    const queue = newQueue();
    const log: string[] = [];
    void queue.push(async () => {
      await wait(10);
      log.push("slow");
    });
    void queue.push(async () => log.push("fast"));
    await queue.drain();
    expect(log).toEqual(["slow", "fast"]);
  });

  it("gives a failure to the next call that is awaited, and to drain", async () => {
    const queue = newQueue();
    const log: string[] = [];
    void queue.push(async () => {
      throw new Error("first");
    });
    await expect(queue.push(async () => log.push("never"))).rejects.toThrow("first");
    await expect(queue.drain()).rejects.toThrow("first");
    expect(log).toEqual([]);
  });

  it("never turns a failure nobody awaits into an unhandled rejection", async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", listener);
    const queue = newQueue();
    void queue.push(async () => {
      throw new Error("ignored by the caller");
    });
    await expect(queue.drain()).rejects.toThrow("ignored by the caller");
    await wait(5);
    process.off("unhandledRejection", listener);
    expect(unhandled).toEqual([]);
  });

  it("waits for what a helper queues after its own await", async () => {
    const queue = newQueue();
    const log: string[] = [];
    const helper = async (): Promise<void> => {
      await queue.push(async () => log.push("one"));
      await queue.push(async () => log.push("two"));
      await queue.push(async () => log.push("three"));
    };
    void helper();
    await queue.drain();
    expect(log).toEqual(["one", "two", "three"]);
  });

  it("refuses work that arrives after it was closed", async () => {
    const queue = newQueue();
    await queue.drain();
    queue.close();
    await expect(queue.push(async () => 1)).rejects.toThrow("too late");
  });
});

import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import { listenToKeys, type KeySource } from "../../packages/learn/src/listen-to-keys.ts";

/** A terminal that remembers whether it gives keys one by one. */
class FakeTerminal extends EventEmitter {
  isRaw = false;
  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    return this;
  }
  setEncoding(): this {
    return this;
  }
  resume(): this {
    return this;
  }
  pause(): this {
    return this;
  }
}

it("gives each key once, in order, and loses none that comes while nobody waits", async () => {
  const terminal = new FakeTerminal();
  // It has all that is used of a terminal.
  const keys = listenToKeys(terminal as unknown as KeySource);
  expect(terminal.isRaw).toBe(true);
  const first = keys.next();
  expect(keys.next()).toBe(first);
  terminal.emit("data", "hn");
  await expect(first).resolves.toBe("h");
  await expect(keys.next()).resolves.toBe("n");
  terminal.emit("data", "q");
  await expect(keys.next()).resolves.toBe("q");
  keys.stop();
  expect(terminal.isRaw).toBe(false);
  expect(terminal.listenerCount("data")).toBe(0);
});

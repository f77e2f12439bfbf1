import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { redirectConsole } from "./redirect-console.ts";

describe("redirectConsole", () => {
  it("sends all that is said to the stream, until it is given back", () => {
    const stream = new PassThrough();
    const original = console.log;
    const restore = redirectConsole(stream);
    const { log } = console;
    log("one %d", 1);
    console.info("two");
    console.table([{ a: 1 }]);
    console.error("three");
    restore();
    expect(console.log).toBe(original);
    const said = String(stream.read());
    expect(said).toMatch(/^one 1\ntwo\n[^]*│ 0[^]*three\n$/);
  });
});

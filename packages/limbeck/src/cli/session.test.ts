import { describe, expect, it } from "vitest";
import { createFakeWorld } from "./fake-world.ts";
import { readArguments } from "./global-flags.ts";
import { canAsk } from "./session.ts";
import { shortenPath } from "./shorten-path.ts";

describe("canAsk", () => {
  const asks = (isTTY: boolean, env: Readonly<Record<string, string>>, json = false): boolean =>
    canAsk(createFakeWorld({ isTTY, env }).world, json);

  it("needs a terminal on both ends", () => {
    expect(asks(true, {})).toBe(true);
    expect(asks(false, {})).toBe(false);
    const { world } = createFakeWorld({ isTTY: true });
    expect(canAsk({ ...world, stdinIsTTY: false }, false)).toBe(false);
    expect(canAsk({ ...world, stdout: { ...world.stdout, isTTY: false } }, false)).toBe(false);
  });

  it("is not done in a pipeline, nor when JSON is wanted", () => {
    expect(asks(true, { CI: "true" })).toBe(false);
    expect(asks(true, { CI: "1" })).toBe(false);
    expect(asks(true, { CI: "false" })).toBe(true);
    expect(asks(true, { CI: "" })).toBe(true);
    expect(asks(true, {}, true)).toBe(false);
  });
});

describe("readArguments", () => {
  it("splits at the first equals sign; none means empty, the last one counts", () => {
    expect(readArguments(["tenant=a=b", "dry", "tenant=c", "empty="])).toEqual({ tenant: "c", dry: "", empty: "" });
    expect(readArguments()).toEqual({});
  });
});

describe("shortenPath", () => {
  it("shortens what lies below the folder", () => {
    expect(shortenPath("/app/migrations/a.ts", "/app")).toBe("migrations/a.ts");
    expect(shortenPath("/app/..a/b.ts", "/app")).toBe("..a/b.ts");
  });

  it("leaves what lies elsewhere", () => {
    expect(shortenPath("/other/a.ts", "/app")).toBe("/other/a.ts");
    expect(shortenPath("/app", "/app")).toBe("/app");
  });
});

import { describe, expect, it } from "vitest";
import { findCallSite } from "./call-site.ts";

describe("findCallSite", () => {
  it("finds the frame of the file among frames of other files", () => {
    const stack = "Error\n    at push (/x/lib/queue.ts:1:2)\n    at upgrade (file:///p/versions/a.ts:12:34)\n    at run (/x/lib/run.ts:5:6)";
    expect(findCallSite(stack, "/p/versions/a.ts")).toBe("/p/versions/a.ts:12:34");
  });

  it("looks past the query that a reloaded module carries", () => {
    expect(findCallSite("Error\n    at upgrade (file:///p/a.ts?limbeck=3:7:8)", "/p/a.ts")).toBe("/p/a.ts:7:8");
  });

  it("gives nothing when the file is not on the stack", () => {
    expect(findCallSite("Error\n    at run (/x/lib/run.ts:5:6)", "/p/a.ts")).toBe("");
    expect(findCallSite(undefined, "/p/a.ts")).toBe("");
  });
});

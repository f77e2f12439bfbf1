import { describe, expect, it } from "vitest";
import { findCallSite } from "./call-site.ts";

const withStack = (...frames: readonly string[]): Error =>
  Object.assign(new Error("here"), { stack: ["Error: here", ...frames.map((frame) => `    at ${frame}`)].join("\n") });

describe("findCallSite", () => {
  it("finds the frame of the file among frames of other files", () => {
    const error = withStack(
      "push (/x/lib/queue.ts:1:2)",
      "upgrade (file:///p/versions/a.ts:12:34)",
      "run (/x/lib/run.ts:5:6)",
    );
    expect(findCallSite(error, "/p/versions/a.ts")).toBe("/p/versions/a.ts:12:34");
  });

  it("looks past the query that a reloaded module carries", () => {
    expect(findCallSite(withStack("async upgrade (file:///p/a.ts?limbeck=3:7:8)"), "/p/a.ts")).toBe("/p/a.ts:7:8");
  });

  it("knows a path with blanks, letters and brackets that its URL writes otherwise", () => {
    const path = "/my project (ü)/a.ts";
    expect(findCallSite(withStack("file:///my%20project%20(%C3%BC)/a.ts:7:8"), path)).toBe(`${path}:7:8`);
  });

  it("gives nothing when the file is not on the stack", () => {
    expect(findCallSite(withStack("run (/x/lib/run.ts:5:6)"), "/p/a.ts")).toBe("");
    expect(findCallSite(undefined, "/p/a.ts")).toBe("");
    expect(findCallSite(new Error("here"), "")).toBe("");
  });
});

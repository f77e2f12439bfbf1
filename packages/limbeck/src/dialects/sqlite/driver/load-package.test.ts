import { describe, expect, it } from "vitest";
import { loadPackage } from "./load-package.ts";

describe("loadPackage", () => {
  it("says which package is to be installed, and keeps the reason", () => {
    let error: unknown;
    try {
      loadPackage("no-such-driver");
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({
      code: "LB0611",
      title: "The driver no-such-driver is not there.",
      fix: ["npm install no-such-driver"],
      exitCode: 2,
      cause: { code: "MODULE_NOT_FOUND" },
    });
  });

  it("gives what a package exports", () => {
    expect(loadPackage("better-sqlite3")).toBeTypeOf("function");
  });
});

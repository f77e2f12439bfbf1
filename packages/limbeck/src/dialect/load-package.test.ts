import { describe, expect, it } from "vitest";
import { loadPackage, requireVersion } from "./load-package.ts";

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

describe("requireVersion", () => {
  it("lets a package pass that is as new or newer, and no older one", () => {
    expect(() => requireVersion("better-sqlite3", "13.0.0", "do harm")).not.toThrow();
    expect(() => requireVersion("better-sqlite3", "999.0.0", "do harm")).toThrow(
      /LB0620: The driver better-sqlite3 13\.\d+\.\d+ is too old/,
    );
    expect(() => requireVersion("no-such-driver", "1.0.0", "do harm")).toThrow(
      /LB0611: The driver no-such-driver is not there/,
    );
  });
});

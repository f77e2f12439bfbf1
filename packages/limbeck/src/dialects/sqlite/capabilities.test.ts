import { describe, expect, it } from "vitest";
import { findCapabilities, OLDEST_VERSION } from "./capabilities.ts";

describe("findCapabilities", () => {
  it.each([
    ["3.34.1", false, false],
    ["3.35.4", false, false],
    ["3.35.5", true, false],
    ["3.40.1", true, false],
    ["3.52.9", true, false],
    ["3.53", true, true],
    ["3.53.0", true, true],
    ["3.100.0", true, true],
    ["4.0.0", true, true],
  ])("%s drops columns: %s, alters NOT NULL and checks: %s", (version, dropColumn, alters) => {
    expect(findCapabilities(version)).toEqual({ dropColumn, alterNotNull: alters, alterCheck: alters });
  });

  it("takes what is no version for the oldest", () => {
    expect(findCapabilities("unknown")).toEqual(findCapabilities(OLDEST_VERSION));
  });
});

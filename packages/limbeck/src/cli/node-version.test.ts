import { describe, expect, it } from "vitest";
import { usageErrors } from "../kernel/errors/usage-errors.ts";
import { explainOldNode } from "./node-version.ts";
import { renderError } from "./render/error.ts";
import { chooseStyle } from "./style.ts";

describe("explainOldNode", () => {
  it("accepts 22.18 and newer", () => {
    expect(["22.18.0", "22.23.3", "24.0.0", "26.10.0"].map(explainOldNode)).toEqual(Array(4).fill(undefined));
  });

  it("refuses what is older", () => {
    for (const version of ["0.12.18", "18.20.0", "20.20.2", "22.17.1"])
      expect(explainOldNode(version)).toContain(version);
  });

  it("says what the catalogue says", () => {
    const stream = { write: () => undefined, isTTY: false, columns: undefined };
    const style = chooseStyle(stream, { env: {}, noColor: true, ascii: false });
    const rendered = renderError(usageErrors.nodeTooOld({ version: "20.20.2" }), style);
    // Without the last line, because explain does not run there either.
    expect(explainOldNode("20.20.2")).toBe(rendered.replace("  limbeck explain LB0012\n", ""));
  });
});
